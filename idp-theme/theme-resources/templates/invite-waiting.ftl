<#import "template.ftl" as layout>
<#setting time_zone = "UTC">
<#setting locale = (lang!"en")?replace("-", "_")>
<#assign button = (properties.kcButtonClass!) + " " + (properties.kcButtonBlockClass!)>
<@layout.registrationLayout displayMessage=false; section>
  <#if section == "header">
    ${msg("inviteWaitingTitle")}
  <#elseif section == "form">
    <div id="invite-waiting" data-check-seconds="30">
      <p class="instruction">${msg("inviteWaitingWhat")}</p>
      <#if inviterName?has_content && communityName?has_content>
        <p class="instruction">${msg("inviteWaitingBy", inviterName, communityName)}</p>
      </#if>
      <#if waitingSince?has_content>
        <p class="instruction">${msg("inviteWaitingSince")}
          <time datetime="${waitingSince}">${waitingSince?datetime.iso?string.long_short} UTC</time></p>
      </#if>
      <p class="instruction">${msg("inviteWaitingClose")}</p>
      <br>
      <form id="invite-waiting-check" action="${url.loginAction}" method="post">
        <button class="${button} ${properties.kcButtonPrimaryClass!}" type="submit">${msg("inviteWaitingCheck")}</button>
      </form>
      <br>
      <a id="invite-sign-out" class="${button} ${properties.kcButtonSecondaryClass!}" href="${url.loginRestartFlowUrl}">${msg("inviteSignOut")}</a>
    </div>
    <script type="module" src="${url.resourcesPath}/js/invite-waiting.js"></script>
  </#if>
</@layout.registrationLayout>

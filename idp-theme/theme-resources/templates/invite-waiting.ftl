<#import "template.ftl" as layout>
<#import "invite-note.ftl" as note>
<#setting time_zone = "UTC">
<#setting locale = (lang!"en")?replace("-", "_")>
<#assign button = (properties.kcButtonClass!) + " " + (properties.kcButtonBlockClass!)>
<#assign secondary = properties.kcButtonSecondaryClass!properties.kcButtonDefaultClass!>
<@layout.registrationLayout displayMessage=false; section>
  <#if section == "header">
    ${msg("inviteWaitingTitle")}
  <#elseif section == "form">
    <link rel="stylesheet" href="${url.resourcesPath}/css/invite-pages.css">
    <div id="invite-waiting" class="invite-page" data-check-seconds="30">
      <p class="instruction">${msg("inviteWaitingWhat")}</p>
      <#if inviterName?has_content && communityName?has_content>
        <p class="instruction">${msg("inviteWaitingBy", inviterName, communityName)}</p>
      </#if>
      <#if waitingSince?has_content>
        <p class="instruction">${msg("inviteWaitingSince")}
          <time datetime="${waitingSince}">${waitingSince?datetime.iso?string.long_short} UTC</time>.<@usually/></p>
      </#if>
      <p class="instruction">${msg("inviteWaitingClose")}</p>
      <@note.box/>
      <form id="invite-waiting-check" action="${url.loginAction}" method="post">
        <button class="${button} ${note.isShown?then(secondary, properties.kcButtonPrimaryClass!)}" type="submit">${msg("inviteWaitingCheck")}</button>
      </form>
      <a id="invite-sign-out" class="${button} ${secondary}"
        href="${url.loginRestartFlowUrl}">${msg("inviteSignOut")}</a>
    </div>
    <script type="module" src="${url.resourcesPath}/js/invite-waiting.js"></script>
  </#if>
</@layout.registrationLayout>

<#-- What is usual here; nothing where nobody knows. -->
<#macro usually>
  <#if usualWaitSeconds??>
    <#local hours = (usualWaitSeconds / 3600)?ceiling>
    <span id="invite-usual-wait"><#if hours lte 1>${msg("inviteWaitingUsualHour")}<#elseif hours lt 48>${msg("inviteWaitingUsualHours", hours)}<#else>${msg("inviteWaitingUsualDays", (hours / 24)?ceiling)}</#if></span>
  </#if>
</#macro>

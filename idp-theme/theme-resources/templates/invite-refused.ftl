<#import "template.ftl" as layout>
<#assign code = inviteCode!"unknown">
<#assign key = "inviteRefused." + code>
<#-- A message without a text comes back as its own key. -->
<#assign sentence = msg(key)>
<#if sentence == key><#assign sentence = msg("inviteRefusedOtherwise")></#if>
<#assign button = (properties.kcButtonClass!) + " " + (properties.kcButtonPrimaryClass!) + " " + (properties.kcButtonBlockClass!)>
<@layout.registrationLayout displayMessage=false; section>
  <#if section == "header">
    ${msg("inviteRefusedTitle")}
  <#elseif section == "form">
    <link rel="stylesheet" href="${url.resourcesPath}/css/invite-pages.css">
    <div id="invite-refused" class="invite-page" data-code="${code}">
      <p class="instruction">${sentence}</p>
      <p class="instruction">${msg("inviteRefusedNothingCreated")}</p>
      <#if retryUrl?has_content>
        <a id="invite-retry" class="${button}" href="${retryUrl}" data-seconds="${(retryAfterSeconds!0)?c}"
          data-waiting="${msg('inviteRetryIn', '#')}" data-ready="${msg('inviteRetryReady')}">${msg("inviteRetry")}</a>
        <p id="invite-retry-status" role="status"></p>
        <script type="module" src="${url.resourcesPath}/js/invite-refused.js"></script>
      <#elseif code == "invite_redeemed" || !landingUrl?has_content>
        <a id="invite-login" class="${button}" href="${url.loginUrl}">${msg("inviteSignIn")}</a>
      <#else>
        <a id="invite-landing" class="${button}" href="${landingUrl}">${msg("inviteLanding")}</a>
      </#if>
    </div>
  </#if>
</@layout.registrationLayout>

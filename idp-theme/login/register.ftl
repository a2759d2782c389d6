<#import "template.ftl" as layout>
<#import "field.ftl" as field>
<#import "buttons.ftl" as buttons>
<#import "register-commons.ftl" as registerCommons>
<#import "user-profile-commons.ftl" as userProfile>
<#import "locked-address.ftl" as lockedAddress>
<#import "choices.ftl" as choices>
<#import "password-rules.ftl" as passwordRules>
<#assign invited = inviterName?has_content && communityName?has_content>
<@layout.registrationLayout displayMessage=messagesPerField.exists("global") displayRequiredFields=true; section>
  <#if section == "header">
    <#if invited>${msg("inviteTitle", inviterName, communityName)}<#else>${msg("registerTitle")}</#if>
  <#elseif section == "form">
    <form id="kc-register-form" class="${properties.kcFormClass!}" action="${url.registrationAction}" method="post" novalidate>
      <@userProfile.userProfileFormFields/>

      <#if passwordRequired??>
        <@field.password name="password" label=msg("password") required=true autocomplete="new-password">
          <@passwordRules.list/>
        </@field.password>
        <@field.password name="password-confirm" label=msg("passwordConfirm") required=true autocomplete="new-password"/>
      </#if>

      <@registerCommons.termsAcceptance/>

      <@buttons.actionGroup>
        <@buttons.button id="kc-submit" label=invited?then("inviteJoin", "doRegister")/>
      </@buttons.actionGroup>

      <p class="companion-note"><a href="${url.loginUrl}">${msg("inviteHaveAccount")}</a></p>
    </form>
    <script type="module" src="${url.resourcesPath}/js/register.js"></script>
  </#if>
</@layout.registrationLayout>

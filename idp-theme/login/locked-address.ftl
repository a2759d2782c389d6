<#--
  Puts a locked input in place of the email input of Keycloak's user profile macros and leaves every other input to them.
  Follows user-profile-commons.ftl of keycloak.v2 in 26.7: there the macro inputTag draws one input of an attribute.
-->
<#import "user-profile-commons.ftl" as userProfile>
<#assign stockInputTag = userProfile.inputTag>

<#macro inputTag attribute value>
  <#if attribute.name == "email" && inviteAddress?has_content>
    <@lockedInput/>
  <#else>
    <@stockInputTag attribute=attribute value=value/>
  </#if>
</#macro>

<#macro lockedInput>
  <#local invalid = messagesPerField.existsError("email")>
  <span class="${properties.kcInputClass!} ${properties.kcFormReadOnlyClass!} companion-locked">
    <input type="email" id="email" name="email" value="${inviteAddress}" readonly
      autocomplete="${realm.registrationEmailAsUsername?then('username', 'email')}"
      aria-describedby="invite-address-note"<#if invalid> aria-invalid="true"</#if>>
    <i class="companion-lock fas fa-lock" aria-hidden="true"></i>
  </span>
  <p id="invite-address-note" class="companion-note">${msg("inviteAddressNote")}</p>
</#macro>

<#assign inputTag = inputTag in userProfile>

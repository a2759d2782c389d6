<#-- People register by invitation only. Keycloak's pages leave out their Register link where this is set; each imports its layout, and
     with it this file, before it looks. Whoever took too long over the registration form lands on the sign-in page: there the link stays,
     because it leads back to the form with the invitation. -->
<#if ((message.summary)!"") != msg("loginTimeout")>
  <#global registrationDisabled = true>
</#if>

<#macro content>
  <#if ["login", "login-username"]?seq_contains(pageId!"") && registrationDisabled??>
    <p id="invite-only" class="companion-note">${msg("inviteOnly")}</p>
  </#if>
</#macro>

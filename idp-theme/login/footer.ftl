<#-- People register by invitation only. Keycloak's pages leave out their Register link where this is set; each imports its layout, and
     with it this file, before it looks. -->
<#global registrationDisabled = true>

<#macro content>
  <#if ["login", "login-username"]?seq_contains(pageId!"")>
    <p id="invite-only" class="companion-note">${msg("inviteOnly")}</p>
  </#if>
</#macro>

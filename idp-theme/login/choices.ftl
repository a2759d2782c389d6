<#--
  Makes a group of the check boxes or radio buttons of one question, which Keycloak's user profile macros draw without one.
  Follows user-profile-commons.ftl of keycloak.v2 in 26.7: there the macro inputTagSelects draws them.
-->
<#import "user-profile-commons.ftl" as userProfile>
<#assign stockSelects = userProfile.inputTagSelects>

<#macro inputTagSelects attribute>
  <div class="companion-choices" role="${(attribute.annotations.inputType == 'select-radiobuttons')?then('radiogroup', 'group')}"
    aria-label="${advancedMsg(attribute.displayName!attribute.name)}">
    <@stockSelects attribute=attribute/>
  </div>
</#macro>

<#assign inputTagSelects = inputTagSelects in userProfile>

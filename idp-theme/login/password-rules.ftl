<#-- The realm's password policies as a list; register.js marks the rules that are met while people type. Keycloak
     draws it where changes are read out; a rule that changes is read as a whole. -->
<#macro rule name count=0>
  <li aria-atomic="true" data-password-rule="${name}" data-count="${count?c}">${msg("passwordRule." + name, count)}</li>
</#macro>

<#macro list>
  <ul id="password-rules" class="companion-rules" data-met="${msg('passwordRuleMet')}" data-open="${msg('passwordRuleOpen')}">
    <#if passwordPolicies.length??><@rule name="length" count=passwordPolicies.length/></#if>
    <#if passwordPolicies.maxLength??><@rule name="maxLength" count=passwordPolicies.maxLength/></#if>
    <#if passwordPolicies.lowerCase??><@rule name="lowerCase" count=passwordPolicies.lowerCase/></#if>
    <#if passwordPolicies.upperCase??><@rule name="upperCase" count=passwordPolicies.upperCase/></#if>
    <#if passwordPolicies.digits??><@rule name="digits" count=passwordPolicies.digits/></#if>
    <#if passwordPolicies.specialChars??><@rule name="specialChars" count=passwordPolicies.specialChars/></#if>
    <#if (passwordPolicies.notUsername!false) && !realm.registrationEmailAsUsername><@rule name="notUsername"/></#if>
    <#if passwordPolicies.notEmail!false><@rule name="notEmail"/></#if>
  </ul>
</#macro>

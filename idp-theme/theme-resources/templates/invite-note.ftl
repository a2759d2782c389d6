<#-- The box in which a waiting newcomer writes to the moderators, and their question when there is one. -->
<#assign isShown = (noteAllowed!false) || noteRefusal?has_content>

<#macro box>
  <#if noteKept!false>
    <p id="invite-note-kept" class="instruction" role="status">${msg("inviteNoteKept")}</p>
  <#elseif (notesAdded!0) gt 0>
    <p class="instruction">${msg("inviteNoteAdded")}</p>
  </#if>
  <#if question?has_content>
    <p id="invite-question-lead" class="instruction">${msg("inviteNoteQuestion")}</p>
    <blockquote id="invite-question" class="instruction">${question}</blockquote>
  </#if>
  <#if isShown>
    <#local label = question?has_content?then(msg("inviteNoteAnswer"), msg("inviteNoteAdd"))>
    <form id="invite-note-form" action="${url.loginAction}" method="post">
      <div class="${properties.kcFormGroupClass!}">
        <div class="${properties.kcFormGroupLabelClass!}">
          <label for="note" class="${properties.kcFormLabelClass!}"><span class="${properties.kcFormLabelTextClass!}">${label}</span></label>
        </div>
        <span class="${properties.kcInputClass!}<#if noteRefusal?has_content> ${properties.kcError!}</#if>">
          <textarea id="note" name="note" rows="4" maxlength="4000"
            <#if noteRefusal?has_content>aria-invalid="true" aria-describedby="input-error-note" autofocus</#if>>
${noteText!}</textarea>
        </span>
        <#if noteRefusal?has_content><@complaint/></#if>
      </div>
      <button class="${properties.kcButtonClass!} ${properties.kcButtonBlockClass!} ${properties.kcButtonPrimaryClass!}" type="submit">${msg("inviteNoteSend")}</button>
    </form>
  </#if>
</#macro>

<#macro complaint>
  <#local key = "inviteNote." + noteRefusal>
  <#-- A message without a text comes back as its own key. -->
  <#local sentence = msg(key, noteArgument!)>
  <div class="${properties.kcFormHelperTextClass!}" aria-live="polite">
    <div class="${properties.kcInputHelperTextClass!}">
      <div class="${properties.kcInputHelperTextItemClass!} ${properties.kcError!}" id="input-error-note">
        <span class="${properties.kcInputErrorMessageClass!}">${(sentence == key)?then(msg("inviteNoteOtherwise"), sentence)}</span>
      </div>
    </div>
  </div>
</#macro>

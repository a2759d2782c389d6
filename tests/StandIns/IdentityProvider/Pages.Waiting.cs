using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace StandIns.IdentityProvider;

/// <summary>What somebody sees who waits for a decision.</summary>
internal sealed partial class Pages
{
    /// <param name="waiting">Null when the companion doesn't answer.</param>
    /// <param name="note">What was written just now; null for nothing.</param>
    public IResult Waiting(Call call, LoginTab tab, Account account, WaitingCase? waiting, string? note)
    {
        var language = tab.Language;
        var by = tab.Invitation is { InviterName: { } inviter, CommunityName: { } community }
            ? Line(messages.Say(language, "inviteWaitingBy", inviter, community))
            : "";
        var since = (waiting?.Since ?? account.CreatedAt).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        var action = Action(call, tab, "required-action", RequiredAction.Approval);
        return Show(call, tab, 200, messages.Say(language, "inviteWaitingTitle"), $"""
            <div id="invite-waiting" data-check-seconds="30">{Line(messages.Say(language, "inviteWaitingWhat"))}{by}
            <p>{Text(messages.Say(language, "inviteWaitingSince"))} <time datetime="{since}">{since}</time>. {Usually(language, waiting)}</p>
            {Line(messages.Say(language, "inviteWaitingClose"))}
            {Asked(language, waiting)}{Noted(language, action, waiting, note)}
            <form id="invite-waiting-check" action="{action}" method="post">
            <button type="submit">{Text(messages.Say(language, "inviteWaitingCheck"))}</button></form>
            <a id="invite-sign-out" href="{Link(call, tab, "restart")}">{Text(messages.Say(language, "inviteSignOut"))}</a></div>
            """);
    }

    private string Usually(string language, WaitingCase? waiting)
    {
        if (waiting?.UsualWaitSeconds is not { } seconds)
        {
            return "";
        }

        var hours = (int)Math.Ceiling(seconds / 3600.0);
        var words = hours <= 1 ? messages.Say(language, "inviteWaitingUsualHour")
            : hours < 48 ? messages.Say(language, "inviteWaitingUsualHours", hours)
            : messages.Say(language, "inviteWaitingUsualDays", (int)Math.Ceiling(hours / 24.0));
        return $"""<span id="invite-usual-wait">{Text(words)}</span>""";
    }

    private string Asked(string language, WaitingCase? waiting) => waiting?.Question is not { } question ? "" : $"""
        <p>{Text(messages.Say(language, "inviteNoteQuestion"))}</p><blockquote id="invite-question">{Text(question)}</blockquote>
        """;

    private string Noted(string language, string action, WaitingCase? waiting, string? note)
    {
        var refusal = note is null ? null : waiting is null ? Refusal.Unavailable.Code : waiting.RefusalCode;
        var kept = note is not null && refusal is null ? $"""<p id="invite-note-kept">{Text(messages.Say(language, "inviteNoteKept"))}</p>"""
            : waiting?.Added > 0 ? Line(messages.Say(language, "inviteNoteAdded"))
            : "";
        if (waiting?.MayAdd != true && refusal is null)
        {
            return kept;
        }

        var sentence = refusal is null ? "" : messages.SayOr(language, $"inviteNote.{refusal}", messages.Say(language, "inviteNoteOtherwise"));
        return $"""
            {kept}<form id="invite-note-form" action="{action}" method="post">
            <label for="note">{Text(messages.Say(language, waiting?.Question is null ? "inviteNoteAdd" : "inviteNoteAnswer"))}</label>
            <textarea id="note" name="note" maxlength="4000">{Text(refusal is null ? "" : note)}</textarea>
            {Complained("note", string.Format(CultureInfo.InvariantCulture, sentence, waiting?.RefusalArgument))}
            <button type="submit">{Text(messages.Say(language, "inviteNoteSend"))}</button></form>
            """;
    }

    private static string Line(string words) => $"<p>{Text(words)}</p>";
}

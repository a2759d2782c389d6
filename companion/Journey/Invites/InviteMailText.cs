using Companion.Community.Contacts;
using Companion.Community.Directory;
using Companion.Community.Messages;

namespace Companion.Journey.Invites;

/// <summary>The words of an invitation's mail.</summary>
internal sealed class InviteMailText(MailTemplates templates, IOptions<CommunityOptions> community, IOptions<ContactOptions> retention)
{
    /// <param name="unsubscribeUrl">Where the receiver can ask never to be written to again.</param>
    public MailText Render(
        Person inviter,
        string? message,
        InviteToken token,
        string unsubscribeUrl,
        string wantedLanguage,
        DateTimeOffset expiresAt,
        InviteMailOccasion occasion)
    {
        var language = templates.LanguageFor(wantedLanguage);
        return Render(inviter, message, token.LinkAt(community.Value.PublicUrl), $"{unsubscribeUrl}&lang={language}", language, expiresAt, occasion);
    }

    /// <summary>As it would be sent, with links that lead nowhere.</summary>
    public (string Language, MailText Text) Preview(Person inviter, string? message, string wantedLanguage, DateTimeOffset expiresAt)
    {
        var language = templates.LanguageFor(wantedLanguage);
        return (language, Render(
            inviter,
            message,
            $"{community.Value.PublicUrl}/i#…",
            $"{community.Value.PublicUrl}/never-again",
            language,
            expiresAt,
            InviteMailOccasion.Invitation));
    }

    private MailText Render(
        Person inviter, string? message, string url, string neverUrl, string language, DateTimeOffset expiresAt, InviteMailOccasion occasion) =>
        templates.Render("invite", language, new Dictionary<string, string?>
        {
            ["inviter"] = ShownName.OrMember(inviter.DisplayName, language),
            ["message"] = message,
            ["reminder"] = occasion == InviteMailOccasion.Reminder ? "yes" : null,
            ["reopened"] = occasion == InviteMailOccasion.Reopened ? "yes" : null,
            ["url"] = url,
            ["until"] = WordedDate.InFull(expiresAt, language),
            ["keepDays"] = Math.Max(1, Math.Ceiling(retention.Value.KeepAfterEnd.TotalDays)).ToString(CultureInfo.InvariantCulture),
            ["neverUrl"] = neverUrl,
        });
}

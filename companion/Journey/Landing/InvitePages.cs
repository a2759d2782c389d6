using Companion.Community.Directory;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Companion.Journey.Landing;

/// <summary>Which page each state of an invite has: what it says, and the one next step.</summary>
internal sealed class InvitePages(LandingPages pages, ISignIn signIn)
{
    public ContentHttpResult Paste(string language) => pages.Write(new LandingPage("paste", language)
    {
        Paste = true,
        Paragraphs = [LandingTexts.Get(language, "paste.text")],
    });

    /// <summary>After the inviter was told that a new link is asked for.</summary>
    public ContentHttpResult Asked(LandingView view, string code, string language) =>
        pages.Write(Page("asked", view, code, language));

    public ContentHttpResult Show(LandingView view, string code, string language) => pages.Write(Of(view, code, language));

    private LandingPage Of(LandingView view, string code, string language) => view.State switch
    {
        LandingState.Good => Good(view, code, language),
        LandingState.InUse => Page("in-use", view, code, language) with
        {
            When = view.Invite.Claim?.LeaseUntil,
            Button = ("/i/exchange", Fields(code)),
        },
        LandingState.Used => Page("used", view, code, language) with { When = view.Invite.EndedAt, Link = signIn.Url },
        LandingState.Member => Page("member", view, code, language) with { Link = signIn.Url },
        LandingState.Expired => Page("expired", view, code, language) with
        {
            When = view.Invite.ExpiresAt,
            Button = ("/i/renewal", Fields(code)),
        },
        LandingState.Replaced => Page("replaced", view, code, language),
        LandingState.Revoked => Page("revoked", view, code, language),
        LandingState.Declined => Page("declined", view, code, language),
        LandingState.Gone => Page("gone", view, code, language),
        LandingState.Waiting => Page("waiting", view, code, language),
        LandingState.Denied => Page("denied", view, code, language),
        LandingState.Paused => Paused(view, code, language),
        _ => new LandingPage("unknown", language)
        {
            Status = StatusCodes.Status404NotFound,
            Paragraphs = [LandingTexts.Get(language, "unknown.text")],
            Paste = true,
        },
    };

    private LandingPage Good(LandingView view, string code, string language)
    {
        var page = Page("good", view, code, language);
        return page with
        {
            Paragraphs = [LandingTexts.Get(language, "good.text", ("contact", view.Contact ?? "•••")), .. Rooms(view.Invite.Rooms.Count, language)],
            When = view.Invite.ExpiresAt,
            Button = ("/i/exchange", new Dictionary<string, string>(Fields(code)) { ["step"] = "continue" }),
            Decline = (code, page.Inviter),
        };
    }

    private LandingPage Paused(LandingView view, string code, string language)
    {
        var page = Page(view.IsWished ? "paused-wished" : "paused", view, code, language);
        return page with
        {
            Paragraphs = [.. view.Paused?.Split('\n', StringSplitOptions.RemoveEmptyEntries) ?? [], .. page.Paragraphs],
            Button = view.IsWished ? null : ("/i/reopening", Fields(code)),
        };
    }

    private static IEnumerable<string> Rooms(int count, string language) => count switch
    {
        0 => [],
        1 => [LandingTexts.Get(language, "good.rooms.one")],
        _ => [LandingTexts.Get(language, "good.rooms.many", ("rooms", count.ToString(CultureInfo.InvariantCulture)))],
    };

    private LandingPage Page(string key, LandingView view, string code, string language)
    {
        var inviter = ShownName.OrMember(view.Inviter, language);
        return new LandingPage(key, language)
        {
            Inviter = inviter,
            Paragraphs = [pages.Text(language, $"{key}.text", inviter)],
            Again = ("post", "/i/exchange", Fields(code)),
        };
    }

    private static Dictionary<string, string> Fields(string code) => new() { ["token"] = code };
}

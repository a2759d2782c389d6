using Companion.Community.Contacts;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Companion.Journey.Landing;

/// <summary>
/// "I don't want invitations from here": looking at the link does nothing; its button, and the one-click POST of mail programs
/// (RFC 8058), put the mailbox on the suppression list.
/// </summary>
internal sealed class NeverAgain(NeverAgainReferences references, Transactions transactions, LandingPages pages)
{
    public ContentHttpResult Ask(string? reference, string language) => references.Read(reference) is null
        ? Unknown(language)
        : pages.Write(new LandingPage("never", language)
        {
            Paragraphs = [pages.Text(language, "never.text")],
            Button = ("/never-again", new() { ["c"] = reference!, ["confirm"] = "yes" }),
            Again = ("get", "/never-again", new() { ["c"] = reference! }),
        });

    public async Task<ContentHttpResult> SuppressAsync(string? reference, string language, CancellationToken cancellationToken)
    {
        if (references.Read(reference) is not { } contactHash)
        {
            return Unknown(language);
        }

        await transactions.RunAsync(
            (unit, _) =>
            {
                SuppressionList.Add(unit, contactHash);
                return Task.FromResult(true);
            },
            cancellationToken);
        return pages.Write(new LandingPage("never-done", language)
        {
            Paragraphs = [pages.Text(language, "never-done.text")],
            Again = ("get", "/never-again", new() { ["c"] = reference! }),
        });
    }

    private ContentHttpResult Unknown(string language) => pages.Write(new LandingPage("never-unknown", language)
    {
        Status = StatusCodes.Status404NotFound,
        Paragraphs = [pages.Text(language, "never-unknown.text")],
        Again = ("get", "/never-again", []),
    });
}

using System.Net;

namespace StandIns.IdentityProvider;

/// <summary>A group of the realm.</summary>
internal sealed record Group(string Id, string Name, string Path, IReadOnlyList<string> Roles);

/// <summary>A realm role and those that it is made of.</summary>
internal sealed record Role(string Name, string? Description, IReadOnlyList<string> Parts)
{
    public string Id { get; } = Random.Id();
}

/// <summary>Where a realm's own mails go out: without encryption here.</summary>
internal sealed record MailServer(string Host, int Port, string From)
{
    /// <summary>Name and password to give there; null where none are asked for.</summary>
    public NetworkCredential? Login { get; init; }
}

/// <summary>Aliases of the required actions that are known here.</summary>
internal static class RequiredAction
{
    public const string Approval = "invite-approval";

    public const string VerifyEmail = "VERIFY_EMAIL";
}

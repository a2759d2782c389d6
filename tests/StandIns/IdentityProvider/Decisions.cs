using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace StandIns.IdentityProvider;

/// <summary>The accepted answer to an inspection.</summary>
internal sealed record Invitation(string InviteId, string Address, string? InviterName, string? CommunityName, string? Language);

/// <summary>The accepted answer to a claim.</summary>
internal sealed record Grant(string InviteId, bool ApprovalRequired, bool AddressVerified, IReadOnlyList<Membership> Memberships);

/// <summary>What the companion said. Everything that is not a clear answer is unavailable.</summary>
internal abstract record Decision<T>
{
    private Decision()
    {
    }

    public sealed record Accepted(T Value) : Decision<T>;

    public sealed record Refused(Refusal Refusal) : Decision<T>;
}

/// <summary>Why there will be no account, and where to go on.</summary>
internal sealed record Refusal(string Code, string? LandingUrl = null)
{
    public static Refusal Missing { get; } = new("invite_missing");

    public static Refusal Unavailable { get; } = new("companion_unavailable");

    public static Refusal NoApproval { get; } = new("approval_unavailable");

    public bool MayRetry => Code == Unavailable.Code;

    public int Status => Code switch
    {
        "invite_unknown" => 404,
        "invite_expired" or "invite_revoked" or "invite_redeemed" or "invite_declined" or "invite_denied" or "inviter_gone" => 410,
        "invite_in_use" => 409,
        "inviting_paused" or "companion_unavailable" or "approval_unavailable" => 503,
        _ => 403,
    };
}

/// <summary>Reads answers; one that leaves anything open decides nothing.</summary>
internal static partial class Decisions
{
    public static Decision<Invitation> Inspected(byte[]? body) => Read(body, json => new Invitation(
        Matching(json, "inviteId", Id()),
        Matching(json, "address", Address()),
        Json.Text(json["inviterName"]),
        Json.Text(json["communityName"]),
        Json.Text(json["language"])));

    public static Decision<Grant> Claimed(byte[]? body) => Read(body, json => new Grant(
        Matching(json, "inviteId", Id()),
        Json.Flag(json["approvalRequired"]) ?? throw new FormatException(),
        Json.Flag(json["addressVerified"]) ?? throw new FormatException(),
        Membership.Read(json["memberships"])));

    private static Decision<T> Read<T>(byte[]? body, Func<JsonObject, T> accepted)
    {
        try
        {
            return body is null || JsonNode.Parse(body) is not JsonObject json ? new Decision<T>.Refused(Refusal.Unavailable)
                : Json.Text(json["decision"]) switch
                {
                    "accept" => new Decision<T>.Accepted(accepted(json)),
                    "refuse" => new Decision<T>.Refused(new Refusal(Matching(json, "code", Code()), Link(json))),
                    _ => new Decision<T>.Refused(Refusal.Unavailable),
                };
        }
        catch (Exception open) when (open is JsonException or FormatException)
        {
            return new Decision<T>.Refused(Refusal.Unavailable);
        }
    }

    private static string Matching(JsonObject json, string name, Regex form) =>
        Json.Text(json[name]) is { } value && form.IsMatch(value) ? value : throw new FormatException($"{name} is malformed");

    private static string? Link(JsonObject json) =>
        Uri.TryCreate(Json.Text(json["landingUrl"]), UriKind.Absolute, out var link) && link.Scheme is "https" or "http" ? link.OriginalString : null;

    [GeneratedRegex("^[0-9A-Za-z-]{1,64}$")]
    private static partial Regex Id();

    [GeneratedRegex("^[a-z_]{1,64}$")]
    private static partial Regex Code();

    [GeneratedRegex("^[^@]+@")]
    private static partial Regex Address();
}

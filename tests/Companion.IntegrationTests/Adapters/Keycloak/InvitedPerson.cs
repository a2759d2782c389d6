using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Companion.IntegrationTests.Adapters.Keycloak;

/// <summary>Somebody with an invitation, and how the companion answers about it.</summary>
internal sealed class InvitedPerson
{
    private static int _people;

    private readonly string _name = $"guest{Interlocked.Increment(ref _people)}-{Guid.NewGuid().ToString("N")[..8]}";

    public string Handle => $"handle-{_name}";

    public string InviteId { get; } = Guid.CreateVersion7().ToString();

    public string Username => _name;

    public string Address => $"{_name}@example.org";

    public string Password { get; } = Guid.NewGuid().ToString();

    public string? Language { get; set; } = "en";

    public bool ApprovalRequired { get; set; }

    public bool AddressVerified { get; set; } = true;

    public (string? Organization, string? Group) Membership { get; set; } = (null, "/members");

    /// <summary>What the companion tells about the waiting case; null when it does not answer.</summary>
    public JsonObject? Case { get; set; } = new() { ["added"] = 0, ["mayAdd"] = true };

    /// <summary>Refuses inspections with this code.</summary>
    public string? GateRefusal { get; set; }

    /// <summary>Answers claims in place of a grant; called once per message.</summary>
    public Func<HeardMessage, Task<IResult?>>? OnClaim { get; set; }

    public static IResult Refuse(string code) =>
        Results.Json(new JsonObject { ["decision"] = "refuse", ["code"] = code, ["landingUrl"] = "https://companion.example.org/i" });

    public async Task<IResult> AnswerAsync(HeardMessage message) => message.Type switch
    {
        "inspect" => GateRefusal is { } code ? Refuse(code) : Results.Json(Invitation()),
        "claim" => (OnClaim is { } answer ? await answer(message) : null) ?? Results.Json(Grant()),
        "waiting" => Case is { } standing ? Results.Json(standing) : Results.StatusCode(StatusCodes.Status400BadRequest),
        _ => Results.Json(new JsonObject()),
    };

    private JsonObject Invitation() => new()
    {
        ["decision"] = "accept",
        ["inviteId"] = InviteId,
        ["address"] = Address,
        ["inviterName"] = "Alice <i>Ahlers",
        ["communityName"] = "Harbour",
        ["language"] = Language,
        ["expiresAt"] = DateTimeOffset.UtcNow.AddDays(1),
    };

    private JsonObject Grant() => new()
    {
        ["decision"] = "accept",
        ["inviteId"] = InviteId,
        ["approvalRequired"] = ApprovalRequired,
        ["addressVerified"] = AddressVerified,
        ["memberships"] = new JsonArray(new JsonObject { ["organization"] = Membership.Organization, ["group"] = Membership.Group }),
        ["leaseSeconds"] = 300,
    };
}

using System.Text.Json.Nodes;

namespace StandIns.IdentityProvider;

/// <summary>What is sent to the companion.</summary>
internal sealed record CompanionMessage(string Endpoint, JsonObject Body)
{
    /// <summary>What is left of a text that is cut is still too long for the companion, which says so.</summary>
    private const int MostBytes = 12 * 1024;

    public string Type => (string)Body["type"]!;

    public static CompanionMessage Inspect(string realm, string handle) => Of("inspect", "inspect", realm, ("handle", handle));

    public static CompanionMessage Claim(LoginTab tab, Realm realm, Account account)
    {
        var claim = Of(
            "claim",
            "claim",
            realm.Name,
            ("handle", tab.Request.Handle!),
            ("claimKey", tab.ClaimKey),
            ("accountId", account.Id),
            ("address", account.Email!),
            ("displayName", account.DisplayName));
        if (Answers.Of(realm, account) is { } answers)
        {
            claim.Body["answers"] = answers;
        }

        return claim;
    }

    public static CompanionMessage Decided(string approval, string realm, Account account, Account by) =>
        Of("facts", approval, realm, ("inviteId", account.InviteId!), ("accountId", account.Id), ("by", by.Id));

    /// <param name="text">What the newcomer wrote; null for nothing.</param>
    public static CompanionMessage Waiting(string realm, Account account, string? text)
    {
        var question = Of("waiting", "waiting", realm, ("inviteId", account.InviteId!), ("accountId", account.Id));
        if (text is not null)
        {
            question.Body["text"] = JsonText.Cut(text, MostBytes);
        }

        return question;
    }

    /// <summary>The claimed account was rolled back.</summary>
    public CompanionMessage Release() =>
        Of("release", "release", Text("realm"), ("handle", Text("handle")), ("claimKey", Text("claimKey")), ("accountId", Text("accountId")));

    /// <summary>The claimed account was committed.</summary>
    public CompanionMessage Registered(string inviteId) => Of(
        "facts",
        "registered",
        Text("realm"),
        ("inviteId", inviteId),
        ("claimKey", Text("claimKey")),
        ("accountId", Text("accountId")),
        ("displayName", Text("displayName")));

    private string Text(string name) => (string)Body[name]!;

    private static CompanionMessage Of(string endpoint, string type, string realm, params ReadOnlySpan<(string Name, string Value)> fields)
    {
        var body = new JsonObject { ["type"] = type, ["realm"] = realm };
        foreach (var (name, value) in fields)
        {
            body[name] = value;
        }

        return new CompanionMessage(endpoint, body);
    }
}

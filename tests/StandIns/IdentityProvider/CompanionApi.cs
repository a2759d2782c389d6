using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace StandIns.IdentityProvider;

/// <summary>Our provider's own resources: the few writes that the companion may do.</summary>
internal static class CompanionApi
{
    private const int LongestBody = 16 * 1024;

    private const int LongestText = 2_000;

    private static readonly TimeSpan New = TimeSpan.FromHours(24);

    public static void Map(Routes routes)
    {
        Map(routes, "memberships", Grant);
        Map(routes, "approvals", Decide);
        Map(routes, "pictures", (_, account, body) => Picture(account, body));
        Map(routes, "verifications", (_, account, _) => Verify(account));
        routes.Map("GET", "/companion/connection", async call =>
        {
            lock (call.Realm.Lock)
            {
                Authenticate(call);
            }

            return Results.Json(new JsonObject
            {
                ["status"] = await call.Provider.Companion.ProbeAsync(call.Realm.Name),
                ["version"] = typeof(CompanionApi).Assembly.GetName().Version!.ToString(3),
                ["contract"] = 1,
                ["node"] = Environment.MachineName,
            });
        });
    }

    private static void Map(Routes routes, string name, Func<Call, Account, JsonObject, JsonObject> act) =>
        routes.Map("PUT", $"/companion/{name}/{{user}}", async call =>
        {
            if (!call.Http.Request.HasJsonContentType())
            {
                return Results.StatusCode(StatusCodes.Status415UnsupportedMediaType);
            }

            var bytes = await ReadAsync(call);
            lock (call.Realm.Lock)
            {
                Authenticate(call);
                var body = Parse(bytes);
                var account = call.Realm.Accounts.Find(call.Route("user")) is { ServiceAccountOf: null } found
                    ? found
                    : throw RefusedException.Problem(404, "account_unknown", "There is no account with this id");
                return Results.Json(act(call, account, body));
            }
        });

    private static JsonObject Grant(Call call, Account account, JsonObject body)
    {
        Text(body, "inviteId");
        try
        {
            var (granted, already) = Membership.GrantAll(call.Realm, account, Membership.Read(body["memberships"]));
            return new JsonObject
            {
                ["granted"] = Json.Array(granted.Select(membership => membership.ToJson())),
                ["already"] = Json.Array(already.Select(membership => membership.ToJson())),
            };
        }
        catch (FormatException malformed)
        {
            throw Malformed(malformed.Message);
        }
    }

    private static JsonObject Decide(Call call, Account account, JsonObject body)
    {
        Text(body, "reason");
        var wanted = Text(body, "decision") switch
        {
            "approve" => "approved",
            "deny" => "denied",
            _ => throw Malformed("decision must be approve or deny"),
        };
        var state = account.Approval;
        var isSecond = state is null && wanted == "denied" && account.InviteId is not null && call.Now < account.CreatedAt + New;
        if (state != wanted && state != "pending" && !isSecond)
        {
            throw RefusedException.Problem(409, "not_waiting", "The account does not wait for a decision");
        }

        if (state != wanted && wanted == "approved")
        {
            account.Approve();
        }
        else if (state != wanted)
        {
            account.Deny(call.Realm.Sessions);
        }

        return new JsonObject { ["approval"] = wanted, ["changed"] = state != wanted };
    }

    private static JsonObject Picture(Account account, JsonObject body)
    {
        var wanted = body.TryGetPropertyValue("url", out var given) && given is null ? null : WebAddress(Text(body, "url"));
        var changed = wanted != account.Attribute(Account.Picture);
        if (wanted is null)
        {
            account.Attributes.Remove(Account.Picture);
        }
        else
        {
            account.Set(Account.Picture, wanted);
        }

        return new JsonObject { ["changed"] = changed };
    }

    private static JsonObject Verify(Account account) =>
        new() { ["changed"] = !account.EmailVerified && account.RequiredActions.Add(RequiredAction.VerifyEmail) };

    private static string WebAddress(string text) =>
        Uri.IsWellFormedUriString(text, UriKind.Absolute)
            && new Uri(text) is { Scheme: "http" or "https", Host.Length: > 0, UserInfo: "" }
                ? text
                : throw Malformed("url must be null or an http(s) URL with a host and no user info");

    private static void Authenticate(Call call)
    {
        var caller = BearerToken.Caller(call, call.Realm)
            ?? throw RefusedException.Problem(401, "unauthenticated", "Send a valid access token of this realm");
        if (caller.ServiceAccountOf is null || !caller.ClientRoles.Contains("companion/newcomers"))
        {
            throw RefusedException.Problem(403, "forbidden", "Only a service account with role newcomers of client companion may do this");
        }
    }

    /// <returns>At most one byte more than is allowed.</returns>
    private static async Task<byte[]> ReadAsync(Call call)
    {
        var bytes = new byte[LongestBody + 1];
        var length = await call.Http.Request.Body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, call.Aborted);
        return bytes[..length];
    }

    private static JsonObject Parse(byte[] bytes)
    {
        if (bytes.Length > LongestBody)
        {
            throw RefusedException.Problem(413, "too_large", $"Send at most {LongestBody} bytes");
        }

        try
        {
            if (JsonNode.Parse(bytes) is JsonObject body)
            {
                return body;
            }
        }
        catch (JsonException)
        {
            // Malformed, like anything else that is no object.
        }

        throw Malformed("Send a JSON object");
    }

    private static string Text(JsonObject body, string name) => body[name] is null ? ""
        : Json.Text(body[name]) is { Length: <= LongestText } text ? text
        : throw Malformed($"{name} must be a text of at most {LongestText} characters");

    private static RefusedException Malformed(string message) => RefusedException.Problem(400, "malformed", message);
}

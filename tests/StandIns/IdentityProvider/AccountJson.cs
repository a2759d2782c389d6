using System.Text.Json.Nodes;

namespace StandIns.IdentityProvider;

/// <summary>Accounts as the Admin API shows and takes them.</summary>
internal static class AccountJson
{
    private static readonly HashSet<string> Known =
        [
            "id", "username", "email", "firstName", "lastName", "emailVerified", "enabled", "attributes", "groups", "requiredActions", "credentials",
            "createdTimestamp", "totp", "disableableCredentialTypes", "notBefore", "access", "federatedIdentities", "realmRoles", "clientRoles",
        ];

    public static JsonObject Show(Account account, UserProfile profile, bool isBrief)
    {
        var json = new JsonObject { ["id"] = account.Id, ["username"] = account.Username };
        foreach (var (name, value) in (ReadOnlySpan<(string, string?)>)
            [("firstName", account.FirstName), ("lastName", account.LastName), ("email", account.Email)])
        {
            if (!string.IsNullOrEmpty(value))
            {
                json[name] = value;
            }
        }

        json["emailVerified"] = account.EmailVerified;
        var shown = account.Attributes.Where(attribute => isBrief ? attribute.Key == "locale" : profile.Knows(attribute.Key)).ToList();
        if (shown.Count > 0)
        {
            json["attributes"] = new JsonObject(shown.Select(attribute => KeyValuePair.Create(attribute.Key, (JsonNode?)Json.Array(attribute.Value))));
        }

        json["enabled"] = account.Enabled;
        json["createdTimestamp"] = account.CreatedAt.ToUnixTimeMilliseconds();
        if (!isBrief)
        {
            json["requiredActions"] = Json.Array(account.RequiredActions);
        }

        return json;
    }

    /// <summary>As the account's owner sees it, with how the profile's fields are drawn.</summary>
    public static JsonObject ShowOwn(Account account, UserProfile profile)
    {
        var shown = profile.Shown.ToDictionary(field => Json.Text(field["name"])!);
        var attributes = account.Attributes.Where(attribute => shown.ContainsKey(attribute.Key));
        return new JsonObject
        {
            ["id"] = account.Id,
            ["username"] = account.Username,
            ["firstName"] = account.FirstName,
            ["lastName"] = account.LastName,
            ["email"] = account.Email,
            ["emailVerified"] = account.EmailVerified,
            ["attributes"] = new JsonObject(attributes.Select(attribute => KeyValuePair.Create(attribute.Key, (JsonNode?)Json.Array(attribute.Value)))),
            ["userProfileMetadata"] = new JsonObject { ["attributes"] = Json.Array(shown.Values), ["groups"] = new JsonArray() },
        };
    }

    public static Account Create(AdminCall call) => Create(call.Realm, call.Body, call.Call.Now);

    /// <summary>Unlike one that is created, an account that is imported may bring its age along.</summary>
    public static Account Import(AdminCall call, JsonObject body) => Create(
        call.Realm,
        body,
        body["createdTimestamp"] is { } created ? DateTimeOffset.FromUnixTimeMilliseconds(created.GetValue<long>()) : call.Call.Now);

    private static Account Create(Realm realm, JsonObject sent, DateTimeOffset createdAt)
    {
        var body = Checked(sent);
        var username = (Json.Text(body["username"]) ?? "").ToLowerInvariant();
        if (username.Length == 0)
        {
            throw RefusedException.Unacceptable(400, "User name is missing");
        }

        Check(realm, body, besides: null);
        var account = new Account(username, createdAt) { Enabled = Json.Flag(body["enabled"]) ?? false };
        Apply(realm, account, body);
        foreach (var path in Json.Texts(body["groups"]))
        {
            account.Groups.Add(realm.Groups.Find(group => group.Path == path)
                ?? throw RefusedException.OAuth(500, "unknown_error", "For more on this error consult the server log."));
        }

        return account;
    }

    public static void Update(AdminCall call, Account account)
    {
        var body = Checked(call.Body);
        Check(call.Realm, body, account);
        if (body.ContainsKey("attributes"))
        {
            // Who sends attributes sends the whole profile: what is not in it is gone.
            account.Attributes.Clear();
            (account.Email, account.FirstName, account.LastName) = (null, null, null);
        }

        Apply(call.Realm, account, body);
    }

    private static JsonObject Checked(JsonObject body) => body.FirstOrDefault(field => !Known.Contains(field.Key)).Key is { } unknown
        ? throw RefusedException.Admin(400, $"Invalid json representation for UserRepresentation. Unrecognized field \"{unknown}\".")
        : body;

    private static void Check(Realm realm, JsonObject body, Account? besides)
    {
        foreach (var name in (ReadOnlySpan<string>)["username", "email", "firstName", "lastName"])
        {
            if (Json.Text(body[name]) is { } value && realm.Profile.Check(name, value, byPerson: false) is { } complaint)
            {
                throw RefusedException.Of(400, new JsonObject
                {
                    ["field"] = name,
                    ["errorMessage"] = complaint.Key,
                    ["params"] = Json.Array(complaint.Values.Select(part => $"{part}")),
                });
            }
        }

        if (Json.Text(body["username"]) is { } username && realm.Accounts.HasUsername(username, besides))
        {
            throw RefusedException.Unacceptable(409, "User exists with same username");
        }

        if (Json.Text(body["email"]) is { } email && realm.Accounts.HasEmail(email, besides))
        {
            throw RefusedException.Unacceptable(409, "User exists with same email");
        }
    }

    private static void Apply(Realm realm, Account account, JsonObject body)
    {
        account.Email = Json.Text(body["email"])?.ToLowerInvariant() ?? account.Email;
        account.FirstName = Json.Text(body["firstName"]) ?? account.FirstName;
        account.LastName = Json.Text(body["lastName"]) ?? account.LastName;
        account.EmailVerified = Json.Flag(body["emailVerified"]) ?? account.EmailVerified;
        account.Enabled = Json.Flag(body["enabled"]) ?? account.Enabled;
        foreach (var (name, values) in body["attributes"] as JsonObject ?? [])
        {
            if (realm.Profile.Knows(name))
            {
                account.Attributes[name] = Json.Texts(values);
            }
        }

        if (body.ContainsKey("requiredActions"))
        {
            account.RequiredActions.Clear();
            account.RequiredActions.UnionWith(Json.Texts(body["requiredActions"]));
        }

        account.Password = Json.Objects(body["credentials"]).Select(credential => Json.Text(credential["value"])).FirstOrDefault() ?? account.Password;
    }
}

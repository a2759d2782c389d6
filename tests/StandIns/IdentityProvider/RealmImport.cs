using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace StandIns.IdentityProvider;

/// <summary>Makes a realm of the realm file, as far as it is played here.</summary>
internal static partial class RealmImport
{
    public static Realm Read(IdentityProviderPlan plan)
    {
        var json = JsonNode.Parse(Placeholder().Replace(File.ReadAllText(plan.RealmFile), match => Fill(match, plan.Environment)))!.AsObject();
        var realm = new Realm(Json.Text(json["realm"])!, Json.Text(json["displayName"])!)
        {
            AccessTokenLifespan = TimeSpan.FromSeconds((int)json["accessTokenLifespan"]!),
            Passwords = new PasswordPolicy(Json.Text(json["passwordPolicy"]) ?? ""),
            Profile = new UserProfile(ProfileOf(json)),
            Switches = json.Where(setting => Json.Flag(setting.Value) == true).Select(setting => setting.Key).ToHashSet(),
            Languages = Json.Texts(json["supportedLocales"]),
            MailServer = MailServerOf(json["smtpServer"]!),
            EnabledActions = Json.Objects(json["requiredActions"]).Where(action => (bool)action["enabled"]!).Select(action => Json.Text(action["alias"])!).ToHashSet(),
            Audiences = AudiencesOf(json),
            AccountRoles = AccountRoles(json, Json.Texts(json["roles"]?["realm"]?.AsArray()
                .Select(role => role!["composites"]?["client"]?["account"]).FirstOrDefault(roles => roles is not null))),
            Roles = [.. Json.Objects(json["roles"]?["realm"]).Select(RoleOf)],
            DefaultRole = Json.Text(json["defaultRole"]?["name"]),
            GrantableGroups = Listed(json, "companion.groups"),
            GrantableRoleGroups = Listed(json, "companion.role.groups"),
            ApprovingGroups = Listed(json, "companion.approval.groups"),
            Questions = Listed(json, "companion.questions"),
        };
        realm.Groups.AddRange(Json.Objects(json["groups"]).Select(GroupOf));
        foreach (var client in Json.Objects(json["clients"]).Select(Client.Read))
        {
            realm.Clients[client.ClientId] = client with
            {
                MappedRealmRoles = Mapped(json["scopeMappings"], client.ClientId).ToHashSet(),
                MappedAccountRoles = AccountRoles(json, Mapped(json["clientScopeMappings"]?["account"], client.ClientId)),
            };
        }

        foreach (var account in Json.Objects(json["users"]).Select(user => ServiceAccount(user, plan.Clock)))
        {
            realm.Accounts.Add(account);
        }

        return realm;
    }

    private static string Fill(Match match, IReadOnlyDictionary<string, string?> environment)
    {
        var value = environment.GetValueOrDefault(match.Groups["name"].Value) ?? (match.Groups["other"].Success ? match.Groups["other"].Value : null);
        return value is null ? match.Value : JsonValue.Create(value).ToJsonString()[1..^1];
    }

    private static MailServer MailServerOf(JsonNode json) =>
        new(Json.Text(json["host"])!, int.Parse(Json.Text(json["port"])!, CultureInfo.InvariantCulture), Json.Text(json["from"])!)
        {
            Login = Json.Text(json["auth"]) == "true" ? new(Json.Text(json["user"]), Json.Text(json["password"])) : null,
        };

    private static JsonNode? ProfileOf(JsonObject json)
    {
        var component = Json.Objects(json["components"]?["org.keycloak.userprofile.UserProfileProvider"]).Single();
        return JsonNode.Parse(Json.Texts(component["config"]?["kc.user.profile.config"]).Single());
    }

    private static Dictionary<string, string> AudiencesOf(JsonObject json) => Json.Objects(json["clientScopes"])
        .SelectMany(scope => Json.Objects(scope["protocolMappers"]).Select(mapper => (
            Scope: Json.Text(scope["name"])!, Audience: Json.Text(mapper["config"]?["included.client.audience"]))))
        .Where(found => found.Audience is not null)
        .ToDictionary(found => found.Scope, found => found.Audience!);

    private static Group GroupOf(JsonObject json) =>
        new(Random.Id(), Json.Text(json["name"])!, $"/{Json.Text(json["name"])}", Json.Texts(json["realmRoles"]));

    private static Role RoleOf(JsonObject json) =>
        new(Json.Text(json["name"])!, Json.Text(json["description"]), Json.Texts(json["composites"]?["realm"]));

    private static string[] Listed(JsonObject json, string attribute) => (Json.Text(json["attributes"]?[attribute]) ?? "")
        .Split("##", StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static IEnumerable<string> Mapped(JsonNode? mappings, string client) =>
        Json.Objects(mappings).Where(mapping => Json.Text(mapping["client"]) == client).SelectMany(mapping => Json.Texts(mapping["roles"]));

    /// <summary>These roles of client account, and those that they are made of.</summary>
    private static HashSet<string> AccountRoles(JsonObject json, IEnumerable<string> roles)
    {
        var named = roles.ToHashSet();
        var parts = Json.Objects(json["roles"]?["client"]?["account"])
            .Where(role => named.Contains(Json.Text(role["name"])!))
            .SelectMany(role => Json.Texts(role["composites"]?["client"]?["account"]));
        named.UnionWith([.. parts]);
        return named;
    }

    private static Account ServiceAccount(JsonObject json, TimeProvider clock)
    {
        var account = new Account(Json.Text(json["username"])!, clock.GetUtcNow()) { ServiceAccountOf = Json.Text(json["serviceAccountClientId"]) };
        account.ClientRoles.UnionWith(json["clientRoles"]!.AsObject()
            .SelectMany(client => Json.Texts(client.Value).Select(role => $"{client.Key}/{role}")));
        return account;
    }

    [GeneratedRegex(@"\$\{(?<name>[A-Z_]+)(:(?<other>[^}]*))?\}")]
    private static partial Regex Placeholder();
}

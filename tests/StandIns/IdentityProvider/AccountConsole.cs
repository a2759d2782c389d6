using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace StandIns.IdentityProvider;

/// <summary>Where Keycloak has its account console: the bundle in its page, or where none was built a page that says who is signed in.</summary>
internal static class AccountConsole
{
    private const string Client = "account-console";

    public static void Map(Routes routes)
    {
        routes.Map("GET", "/account/{**path}", call =>
        {
            lock (call.Realm.Lock)
            {
                return Task.FromResult(AccountApi.IsMeant(call) ? AccountApi.Answer(call) : Show(call, LoginFlow.SignedIn(call)?.Account));
            }
        });
        routes.MapTexts("account", (call, language) => call.Provider.Pages.ConsoleTexts(Messages.Speaks(language) ? language : Messages.Fallback));
        routes.Map("GET", "/protocol/openid-connect/3p-cookies/step1.html", call => Task.FromResult(call.Provider.Pages.NoThirdParties()));
    }

    private static IResult Show(Call call, Account? account)
    {
        var pages = call.Provider.Pages;
        return call.Provider.Console is { } bundle ? pages.Console(call, bundle, Environment(call, bundle, account))
            : account is not null ? pages.SignedIn(call, account)
            : pages.SignedOut(call, SignInAddress(call));
    }

    /// <summary>What idp-theme/account/theme/index.ftl tells the bundle.</summary>
    private static JsonObject Environment(Call call, ConsoleBundle bundle, Account? account)
    {
        bool May(string role) => account is not null && call.Realm.Clients[Client].MappedAccountRoles.Overlaps(["manage-account", role]);
        return new JsonObject
        {
            ["companionUrl"] = bundle.CompanionUrl,
            ["serverBaseUrl"] = call.BaseUrl,
            ["authUrl"] = $"{call.BaseUrl}/",
            ["authServerUrl"] = $"{call.BaseUrl}/",
            ["baseUrl"] = $"{call.Issuer}/account/",
            ["resourceUrl"] = ConsoleBundle.ResourceUrl,
            ["realm"] = call.Realm.Name,
            ["clientId"] = Client,
            ["scope"] = "",
            ["locale"] = LanguageOf(call, account),
            ["darkMode"] = true,
            ["logo"] = "",
            ["logoUrl"] = "",
            ["referrerName"] = "",
            ["referrerUrl"] = "",
            ["features"] = new JsonObject
            {
                ["isRegistrationEmailAsUsername"] = call.Realm.Switches.Contains("registrationEmailAsUsername"),
                ["isEditUserNameAllowed"] = call.Realm.Switches.Contains("editUsernameAllowed"),
                ["isInternationalizationEnabled"] = call.Realm.Switches.Contains("internationalizationEnabled"),
                ["isLinkedAccountsEnabled"] = false,
                ["isMyResourcesEnabled"] = call.Realm.Switches.Contains("userManagedAccessAllowed"),
                ["isViewOrganizationsEnabled"] = call.Realm.Switches.Contains("organizationsEnabled"),
                ["deleteAccountAllowed"] = May("delete-account") && call.Realm.EnabledActions.Contains("delete_account"),
                ["updateEmailFeatureEnabled"] = true,
                ["updateEmailActionEnabled"] = call.Realm.EnabledActions.Contains("UPDATE_EMAIL"),
                ["isViewApplicationsEnabled"] = May("view-applications"),
                ["isViewGroupsEnabled"] = May("view-groups") && call.Realm.HasGroups(account!),
                ["isOid4VciEnabled"] = false,
            },
        };
    }

    private static string LanguageOf(Call call, Account? account) =>
        call.Http.Request.GetTypedHeaders().AcceptLanguage
            .OrderByDescending(language => language.Quality ?? 1)
            .Select(language => language.Value.ToString().Split('-')[0])
            .Prepend(account?.Attribute("locale"))
            .FirstOrDefault(Messages.Speaks) ?? Messages.Fallback;

    // The real console redeems the code; here the browser's session is all there is to see.
    private static string SignInAddress(Call call) =>
        $"{call.Issuer}/protocol/openid-connect/auth?client_id={Client}&response_type=code&scope=openid"
            + $"&redirect_uri={Uri.EscapeDataString($"{call.Issuer}/account/")}&code_challenge={Pkce.ChallengeOf(Random.Token())}&code_challenge_method=S256";
}

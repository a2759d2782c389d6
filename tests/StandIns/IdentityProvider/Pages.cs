using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace StandIns.IdentityProvider;

/// <summary>The pages that people see: the real ones' forms, fields, ids and texts, without their looks.</summary>
internal sealed partial class Pages(Messages messages)
{
    public const int RetryAfterSeconds = 30;

    public IResult SignIn(Call call, LoginTab tab, string? complaint = null)
    {
        var language = tab.Language;
        var twoSteps = call.Realm.Organizations.Count > 0;
        var wording = complaint is null ? "" : messages.SayOr(language, complaint, Stock(complaint));
        var form = new StringBuilder();
        if (!twoSteps || tab.GivenName is null)
        {
            form.Append(Field("username", "text", messages.SayOr(language, "usernameOrEmail", "Username or email"), "", wording));
        }

        if (!twoSteps || tab.GivenName is not null)
        {
            form.Append(Field("password", "password", messages.SayOr(language, "password", "Password"), "", twoSteps ? wording : ""));
        }

        return Show(call, tab, 200, messages.Say(language, "loginAccountTitle"), $"""
            <form id="kc-form-login" action="{Action(call, tab, "authenticate")}" method="post">
            {form}<button name="login" id="kc-login" type="submit">{Text(messages.Say(language, "doLogIn"))}</button>
            </form>
            <p id="invite-only">{Text(messages.Say(language, "inviteOnly"))}</p>
            """);
    }

    public IResult Register(Call call, LoginTab tab, IFormCollection given, IReadOnlyDictionary<string, Complaint> complaints)
    {
        var (language, invitation) = (tab.Language, tab.Invitation!);
        string Complain(string name) => complaints.TryGetValue(name, out var complaint) ? messages.Say(language, complaint.Key, complaint.Values) : "";
        string Input(string name, string label) => Field(name, "text", messages.SayOr(language, name, label), given[name].ToString(), Complain(name));
        string Secret(string name, string label) => Field(name, "password", messages.SayOr(language, name, label), "", Complain(name));
        string Asked(Question question) => Choice(question, [.. given[question.Name].OfType<string>()], Complain(question.Name));
        var title = string.IsNullOrEmpty(invitation.InviterName) || string.IsNullOrEmpty(invitation.CommunityName)
            ? messages.SayOr(language, "registerTitle", "Register")
            : messages.Say(language, "inviteTitle", invitation.InviterName, invitation.CommunityName);
        return Show(call, tab, 200, title, $"""
            <form id="kc-register-form" action="{Action(call, tab, "registration")}" method="post" novalidate>
            <input type="hidden" id="locale" name="locale" value="{language}">
            {Input("username", "Username")}
            <label for="email">Email</label>
            <input type="email" id="email" name="email" value="{Text(invitation.Address)}" readonly autocomplete="email" aria-describedby="invite-address-note">
            <p id="invite-address-note">{Text(messages.Say(language, "inviteAddressNote"))}</p>
            {Complained("email", Complain("email"))}
            {Input("firstName", "First name")}{Input("lastName", "Last name")}
            {string.Concat(call.Realm.Profile.Questions.Select(Asked))}
            {Secret("password", "Password")}{Secret("password-confirm", "Confirm password")}
            <button id="kc-submit" type="submit">{Text(messages.Say(language, "inviteJoin"))}</button>
            <p><a href="{Link(call, tab, "authenticate")}">{Text(messages.Say(language, "inviteHaveAccount"))}</a></p>
            </form>
            """);
    }

    public IResult Refused(Call call, LoginTab tab, Refusal refusal)
    {
        var language = tab.Language;
        var way = refusal switch
        {
            { MayRetry: true } => $"""<a id="invite-retry" href="{Link(call, tab, "registration")}" data-seconds="{RetryAfterSeconds}">{Text(messages.Say(language, "inviteRetry"))}</a>""",
            { Code: "invite_redeemed" } or { LandingUrl: null } => $"""<a id="invite-login" href="{Link(call, tab, "authenticate")}">{Text(messages.Say(language, "inviteSignIn"))}</a>""",
            _ => $"""<a id="invite-landing" href="{Text(refusal.LandingUrl)}">{Text(messages.Say(language, "inviteLanding"))}</a>""",
        };
        if (refusal.MayRetry)
        {
            call.Http.Response.Headers.RetryAfter = RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
        }

        var sentence = messages.SayOr(language, $"inviteRefused.{refusal.Code}", messages.Say(language, "inviteRefusedOtherwise"));
        return Show(call, tab, refusal.Status, messages.Say(language, "inviteRefusedTitle"), $"""
            <div id="invite-refused" data-code="{refusal.Code}"><p>{Text(sentence)}</p><p>{Text(messages.Say(language, "inviteRefusedNothingCreated"))}</p>
            {way}</div>
            """);
    }

    public IResult VerifyEmail(Call call, LoginTab tab, Account account) =>
        Show(call, tab, 200, messages.SayOr(tab.Language, "emailVerifyTitle", "Confirm your address"), $"""
            <p>{Text(messages.Say(tab.Language, "verifyEmailMessage"))}</p>
            <p class="instruction">{Text(messages.Say(tab.Language, "emailVerifyInstruction1", account.Email!))}</p>
            """);

    public IResult SignedIn(Call call, Account account) => Html(call.Realm, Messages.Fallback, 200, account.DisplayName, $"""
        <dl><dt>Username</dt><dd id="username">{Text(account.Username)}</dd><dt>Email</dt><dd>{Text(account.Email)}</dd>
        <dt>Groups</dt><dd>{Text(string.Join(", ", account.Groups.Select(group => group.Path)))}</dd></dl>
        <p><a href="{Text($"{call.Issuer}{LogoutApi.Path}")}">Sign out</a></p>
        """);

    public IResult SignedOut(Call call, string signIn) =>
        Html(call.Realm, Messages.Fallback, 200, "Nobody is signed in", $"""<p><a href="{Text(signIn)}">Sign in</a></p>""");

    public IResult Console(Call call, ConsoleBundle bundle, JsonObject environment)
    {
        var react = $"{ConsoleBundle.VendorUrl}/react/react";
        var imports = new JsonObject
        {
            ["react"] = $"{react}.production.min.js",
            ["react/jsx-runtime"] = $"{react}-jsx-runtime.production.min.js",
            ["react-dom"] = $"{ConsoleBundle.VendorUrl}/react-dom/react-dom.production.min.js",
        };
        call.Http.Response.Headers.ContentSecurityPolicy = "frame-src 'self'; frame-ancestors 'self'; object-src 'none';";
        return Results.Content(
            $"""
            <!doctype html>
            <html lang="{environment["locale"]}" dir="ltr"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark"><title>{Text(call.Realm.DisplayName)}</title>
            <link rel="icon" type="image/svg+xml" href="{ConsoleBundle.ResourceUrl}/favicon.svg">
            <script type="importmap">{new JsonObject { ["imports"] = imports }.ToJsonString()}</script>
            {string.Concat(bundle.Styles.Select(style => $"""<link rel="stylesheet" href="{ConsoleBundle.ResourceUrl}/{style}">"""))}
            <script type="module" src="{ConsoleBundle.ResourceUrl}/{bundle.Script}"></script></head>
            <body data-page-id="account"><div id="app"></div>
            <script id="environment" type="application/json">{environment.ToJsonString()}</script></body></html>
            """,
            "text/html;charset=utf-8");
    }

    public IResult ConsoleTexts(string language) =>
        Results.Json(Json.Array(messages.ForConsole(language).Select(entry => new JsonObject { ["key"] = entry.Key, ["value"] = entry.Text })));

    /// <summary>Tells the console's script to do without looking at the session in a frame.</summary>
    public IResult NoThirdParties() =>
        Results.Content("""<!doctype html><script>parent.postMessage("unsupported", "*");</script>""", "text/html;charset=utf-8");

    public IResult SignOut(Call call, string action) =>
        Html(call.Realm, Messages.Fallback, 200, "Logging out", $"""
            <p>Do you want to log out?</p>
            <form action="{Text(action)}" method="post"><button name="confirmLogout" id="kc-logout" type="submit">Logout</button></form>
            """);

    /// <param name="sentence">A key of the theme's texts, or the text itself.</param>
    public IResult Error(Realm realm, string language, int status, string sentence) =>
        Html(realm, language, status, "We are sorry...", $"""<p id="kc-error-message">{Text(messages.SayOr(language, sentence, sentence))}</p>""");

    /// <param name="sentence">A key of the theme's texts, or the text itself.</param>
    /// <param name="way">Where to go on; null where this is the end.</param>
    public IResult Info(Realm realm, string title, string sentence, string? way = null) => Html(realm, Messages.Fallback, 200, title, $"""
        <div id="kc-info-message"><p>{Text(messages.SayOr(Messages.Fallback, sentence, sentence))}</p>
        {(way is null ? "" : $"""<p><a href="{Text(way)}">Go on</a></p>""")}</div>
        """);

    private IResult Show(Call call, LoginTab tab, int status, string title, string body)
    {
        var expired = tab.IsExpired ? "<p>Action expired. Please continue with login now.</p>" : "";
        tab.IsExpired = false;
        return Html(call.Realm, tab.Language, status, title, expired + body);
    }

    private static IResult Html(Realm realm, string language, int status, string title, string body) => Results.Content(
        $"""
        <!doctype html>
        <html lang="{language}"><head><meta charset="utf-8"><title>{Text(title)}</title></head>
        <body><header id="kc-header">{Text(realm.DisplayName)}</header><h1 id="kc-page-title">{Text(title)}</h1>
        {body}</body></html>
        """,
        "text/html;charset=utf-8",
        contentEncoding: null,
        status);

    private static string Field(string name, string type, string label, string value, string complaint) => $"""
        <label for="{name}">{Text(label)}</label>
        <input type="{type}" id="{name}" name="{name}" value="{Text(value)}" aria-invalid="{(complaint.Length > 0 ? "true" : "")}">
        {Complained(name, complaint)}

        """;

    private static string Choice(Question question, IReadOnlyList<string> given, string complaint)
    {
        var first = given is [var only, ..] ? only : "";
        string Chosen(string value, string mark) => given.Contains(value) ? mark : "";
        string Options(Func<(string Value, string Label), string> draw) => string.Concat(question.Options.Select(draw));
        string Boxes(string type) => Options(option =>
            $"""<label><input type="{type}" name="{question.Name}" value="{Text(option.Value)}"{Chosen(option.Value, " checked")}>{Text(option.Label)}</label>""");
        string List(string kind) => $"""
            <select id="{question.Name}" name="{question.Name}"{kind}>
            {Options(option => $"""<option value="{Text(option.Value)}"{Chosen(option.Value, " selected")}>{Text(option.Label)}</option>""")}</select>
            """;
        var field = question.InputType switch
        {
            "textarea" => $"""<textarea id="{question.Name}" name="{question.Name}">{Text(first)}</textarea>""",
            "multiselect-checkboxes" => $"""<input type="hidden" name="{question.Name}" value="">{Boxes("checkbox")}""",
            "select-radiobuttons" => Boxes("radio"),
            "multiselect" => List(" multiple"),
            "select" => List(""),
            _ => null,
        };
        return field is null
            ? Field(question.Name, "text", question.Label, first, complaint)
            : $"""<label for="{question.Name}">{Text(question.Label)}</label>{field}{Complained(question.Name, complaint)}""";
    }

    private static string Complained(string name, string complaint) =>
        complaint.Length > 0 ? $"""<span id="input-error-{name}">{Text(complaint)}</span>""" : "";

    private static string Stock(string key) => key == "invalidUsernameMessage" ? "Invalid username." : key;

    private static string Action(Call call, LoginTab tab, string action, string? execution = null) =>
        Text($"{LoginActions.AddressOf(call, tab, action, execution)}&session_code={tab.NewSessionCode()}");

    private static string Link(Call call, LoginTab tab, string action) => Text(LoginActions.AddressOf(call, tab, action));

    private static string Text(string? text) => WebUtility.HtmlEncode(text ?? "");
}

using System.Text;
using Microsoft.AspNetCore.Http;

namespace StandIns.IdentityProvider;

/// <summary>What a client asked for when it sent somebody here.</summary>
internal sealed record AuthorizationRequest(Client Client, string RedirectUri, IReadOnlyList<string> Scopes)
{
    private const int MostOthers = 5;

    private const int LongestOther = 2000;

    private static readonly HashSet<string> Own =
        [
            "client_id", "response_type", "scope", "redirect_uri", "state", "nonce", "prompt", "code_challenge", "code_challenge_method",
            "kc_locale", "ui_locales", "login_hint", "max_age", "response_mode", "acr_values", "claims", "display", "id_token_hint",
            "kc_idp_hint", "kc_action", "request", "request_uri", "dpop_jkt",
        ];

    /// <summary>Whether the client takes its answer from the address's fragment.</summary>
    public bool IsInFragment { get; init; }

    public string? State { get; init; }

    public string? Nonce { get; init; }

    public string? Challenge { get; init; }

    public string? Language { get; init; }

    /// <summary>The invite's handle; null when none came.</summary>
    public string? Handle { get; init; }

    /// <exception cref="RefusedException">The request is refused: on a page while nobody knows where to, else at the client.</exception>
    public static AuthorizationRequest Read(Call call)
    {
        var client = ReadClient(call);
        var redirectUri = ReadRedirectUri(call, client);
        var isInFragment = call["response_mode"] == "fragment";
        void Refuse(bool refused, string error, string? description)
        {
            if (refused)
            {
                throw new RefusedException(Results.Redirect(ErrorAt(call, redirectUri, isInFragment, call["state"], error, description)));
            }
        }

        var scopes = client.Grant(call["scope"]);
        var (method, challenge) = (call["code_challenge_method"], call["code_challenge"]);
        Refuse(call.HasDuplicates, "invalid_request", "duplicated parameter");
        Refuse(call["response_type"] is null, "invalid_request", "Missing parameter: response_type");
        Refuse(call["response_type"] != "code", "unsupported_response_type", null);
        Refuse(scopes is null, "invalid_scope", $"Invalid scopes: {call["scope"]}");
        if (client.RequiredChallengeMethod is { } required)
        {
            Refuse(method is null, "invalid_request", "Missing parameter: code_challenge_method");
            Refuse(method != required, "invalid_request", "Invalid parameter: code challenge method is not matching the configured one");
            Refuse(challenge is null, "invalid_request", "Missing parameter: code_challenge");
        }

        Refuse(challenge is not null && !Pkce.IsWellFormed(challenge), "invalid_request", "Invalid parameter: code_challenge");
        return new AuthorizationRequest(client, redirectUri, scopes!)
        {
            IsInFragment = isInFragment,
            State = call["state"],
            Nonce = call["nonce"],
            Challenge = challenge,
            Language = call["kc_locale"],
            Handle = HandleOf(call),
        };
    }

    /// <summary>Where the client hears that there will be no code.</summary>
    public string ErrorAt(Call call, string error, string? description = null) => ErrorAt(call, RedirectUri, IsInFragment, State, error, description);

    /// <summary>The client's address with the answer to its request.</summary>
    public string AnswerAt(params ReadOnlySpan<(string Name, string? Value)> fields) => With(RedirectUri, IsInFragment, fields);

    public static string With(string address, string name, string value) => With(address, isInFragment: false, (name, value));

    private static string ErrorAt(Call call, string redirectUri, bool isInFragment, string? state, string error, string? description) =>
        With(redirectUri, isInFragment, ("error", error), ("error_description", description), ("state", state), ("iss", call.Issuer));

    private static string With(string address, bool isInFragment, params ReadOnlySpan<(string Name, string? Value)> fields)
    {
        var mark = isInFragment ? '#' : '?';
        var whole = new StringBuilder(address);
        var next = address.Contains(mark, StringComparison.Ordinal) ? '&' : mark;
        foreach (var (name, value) in fields)
        {
            if (value is not null)
            {
                whole.Append(next).Append(name).Append('=').Append(Escaped(value));
                next = '&';
            }
        }

        return whole.ToString();
    }

    // As forms are encoded.
    private static string Escaped(string value) => Uri.EscapeDataString(value).Replace("%20", "+", StringComparison.Ordinal);

    private static Client ReadClient(Call call)
    {
        if (call["client_id"] is not { } clientId || call.IsDuplicate("client_id"))
        {
            throw call.Page(400, "Invalid Request");
        }

        if (!call.Realm.Clients.TryGetValue(clientId, out var client))
        {
            throw call.Page(400, "Client not found.");
        }

        return client switch
        {
            { IsBearerOnly: true } => throw call.Page(403, "Bearer-only applications are not allowed to initiate browser login"),
            _ => client,
        };
    }

    private static string ReadRedirectUri(Call call, Client client)
    {
        var given = call["redirect_uri"]
            ?? (client.RedirectUris is [var only] ? $"{(only.StartsWith('/') ? call.BaseUrl : "")}{only.TrimEnd('*').TrimEnd('/')}" : null);
        return given is not null && client.Allows(given, call.BaseUrl) ? given : throw call.Page(400, "Invalid parameter: redirect_uri");
    }

    private static string? HandleOf(Call call)
    {
        var others = call.Names.Where(name => !Own.Contains(name)).ToList();
        var handle = others.Count > MostOthers ? null : call["invite"];
        return handle?.Length > LongestOther || string.IsNullOrWhiteSpace(handle) ? null : handle;
    }
}

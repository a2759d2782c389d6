namespace StandIns.IdentityProvider;

/// <summary>Who is signed in where.</summary>
internal sealed class UserSession(string id, Account account, DateTimeOffset since)
{
    public string Id { get; } = id;

    public Account Account { get; } = account;

    public DateTimeOffset Since { get; } = since;

    /// <summary>Clients that got tokens in this session and may renew them.</summary>
    public HashSet<string> Clients { get; } = new(StringComparer.Ordinal);
}

/// <summary>One browser: its tabs, and who is signed in with it.</summary>
internal sealed class BrowserSession
{
    public string Id { get; } = Random.Token();

    public Dictionary<string, LoginTab> Tabs { get; } = new(StringComparer.Ordinal);

    public UserSession? User { get; set; }
}

/// <summary>A code on its way to a client.</summary>
internal sealed class IssuedCode(AuthorizationRequest request, UserSession session, DateTimeOffset until)
{
    public AuthorizationRequest Request { get; } = request;

    public UserSession Session { get; } = session;

    public DateTimeOffset Until { get; } = until;

    public bool IsUsed { get; set; }
}

/// <summary>A right to new access tokens.</summary>
internal sealed record RefreshRight(UserSession Session, string ClientId, IReadOnlyList<string> Scopes, string? Nonce, DateTimeOffset Until);

/// <summary>Everything of a realm that ends by itself. Restarting the server does not end it.</summary>
internal sealed class Sessions
{
    private static readonly TimeSpan CodeLifespan = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan IdleLifespan = TimeSpan.FromMinutes(30);

    private readonly Dictionary<string, BrowserSession> _browsers = new(StringComparer.Ordinal);

    private readonly Dictionary<string, IssuedCode> _codes = new(StringComparer.Ordinal);

    private readonly Dictionary<string, RefreshRight> _rights = new(StringComparer.Ordinal);

    private readonly Dictionary<string, UserSession> _users = new(StringComparer.Ordinal);

    public static int RefreshSeconds => (int)IdleLifespan.TotalSeconds;

    public BrowserSession? Browser(string? id) => id is null ? null : _browsers.GetValueOrDefault(id);

    public BrowserSession NewBrowser()
    {
        var browser = new BrowserSession();
        _browsers.Add(browser.Id, browser);
        return browser;
    }

    public UserSession SignIn(string id, Account account, DateTimeOffset now) => _users[id] = new UserSession(id, account, now);

    public UserSession? User(string? id) => id is null ? null : _users.GetValueOrDefault(id);

    public IEnumerable<UserSession> Of(Account account) => _users.Values.Where(session => session.Account == account);

    public void SignOut(UserSession session)
    {
        _users.Remove(session.Id);
        foreach (var browser in _browsers.Values.Where(browser => browser.User == session).ToList())
        {
            _browsers.Remove(browser.Id);
        }
    }

    /// <summary>Signs somebody out everywhere.</summary>
    public void End(Account account)
    {
        foreach (var session in Of(account).ToList())
        {
            SignOut(session);
        }
    }

    public string NewCode(AuthorizationRequest request, UserSession session, DateTimeOffset now)
    {
        session.Clients.Add(request.Client.ClientId);
        var code = $"{Random.Id()}.{session.Id}.{request.Client.Id}";
        _codes.Add(code, new IssuedCode(request, session, now + CodeLifespan));
        return code;
    }

    /// <summary>A code is good once, whatever comes of it; who uses it again ends what it brought.</summary>
    public IssuedCode? TakeCode(string code, DateTimeOffset now)
    {
        if (!_codes.TryGetValue(code, out var issued))
        {
            return null;
        }

        if (issued.IsUsed)
        {
            issued.Session.Clients.Remove(issued.Request.Client.ClientId);
            return null;
        }

        issued.IsUsed = true;
        return now < issued.Until && User(issued.Session.Id) is not null ? issued : null;
    }

    public void AddRight(string token, UserSession session, string clientId, IReadOnlyList<string> scopes, string? nonce, DateTimeOffset now) =>
        _rights.Add(token, new RefreshRight(session, clientId, scopes, nonce, now + IdleLifespan));

    public RefreshRight? Right(string token) => _rights.GetValueOrDefault(token);
}

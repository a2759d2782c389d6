using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace StandIns.Relay;

/// <summary>One answer on its way back.</summary>
public sealed record RelayAnswer(int Status, IReadOnlyList<KeyValuePair<string, string[]>> Headers, byte[] Body)
{
    public static RelayAnswer Problem(int status) =>
        new(status, [KeyValuePair.Create("Content-Type", (string[])["application/problem+json"])], "{}"u8.ToArray());
}

/// <summary>Stands in the way of requests to a path. Returning null closes the connection without an answer.</summary>
/// <param name="forward">Hands the request on and returns the answer of the server behind.</param>
public delegate Task<RelayAnswer?> RelayRule(Func<Task<RelayAnswer>> forward);

/// <summary>
/// Stands before servers on 127.0.0.1 and passes each request on unchanged, in turn to the next server that takes connections, except
/// where a rule says otherwise.
/// </summary>
public sealed class HttpRelay : IAsyncDisposable
{
    private static readonly HashSet<string> OfOneConnection = new(StringComparer.OrdinalIgnoreCase)
    {
        "Connection", "Content-Length", "Host", "Keep-Alive", "Transfer-Encoding",
    };

    private readonly HttpClient _client = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        PooledConnectionLifetime = TimeSpan.Zero,
        UseCookies = false,
    });
    private readonly ConcurrentDictionary<string, RelayRule> _rules = new();
    private readonly ConcurrentQueue<string> _calls = new();
    private readonly WebApplication _application;
    private uint _turn;

    private HttpRelay()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _application = builder.Build();
        _application.Run(HandleAsync);
    }

    public string Url => _application.Urls.Single();

    /// <summary>Base addresses of the servers behind; set before the first request, and again to turn the next ones elsewhere.</summary>
    public IReadOnlyList<Uri> Targets { get; set; } = [];

    /// <summary>Paths of the requests so far, in their order.</summary>
    public IReadOnlyList<string> Calls => [.. _calls];

    public static async Task<HttpRelay> StartAsync(CancellationToken cancellationToken)
    {
        var relay = new HttpRelay();
        await relay._application.StartAsync(cancellationToken);
        return relay;
    }

    /// <summary>Puts a rule on a path until the returned object is disposed.</summary>
    public IDisposable Intercept(string path, RelayRule rule)
    {
        _rules[path] = rule;
        return new Removal(() => _rules.TryRemove(path, out _));
    }

    public async ValueTask DisposeAsync()
    {
        await _application.DisposeAsync();
        _client.Dispose();
    }

    private async Task HandleAsync(HttpContext context)
    {
        _calls.Enqueue(context.Request.Path);
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        Task<RelayAnswer> Forward() => ForwardAsync(context.Request, body.ToArray());
        var answer = _rules.TryGetValue(context.Request.Path, out var rule) ? await rule(Forward) : await TryAsync(Forward);
        if (answer is null)
        {
            context.Abort();
            return;
        }

        context.Response.StatusCode = answer.Status;
        foreach (var (name, values) in answer.Headers)
        {
            context.Response.Headers[name] = values;
        }

        await context.Response.Body.WriteAsync(answer.Body, context.RequestAborted);
    }

    // A server that is down looks to the caller as if it were down itself.
    private static async Task<RelayAnswer?> TryAsync(Func<Task<RelayAnswer>> forward)
    {
        try
        {
            return await forward();
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    // Whoever asked may have gone meanwhile: what was said is passed on nonetheless.
    private async Task<RelayAnswer> ForwardAsync(HttpRequest request, byte[] body)
    {
        var targets = Targets;
        var first = (int)(Interlocked.Increment(ref _turn) % (uint)targets.Count);
        for (var tried = 1; ; tried++)
        {
            try
            {
                return await SendAsync(targets[(first + tried) % targets.Count], request, body);
            }
            catch (HttpRequestException failure) when (failure.HttpRequestError == HttpRequestError.ConnectionError && tried < targets.Count)
            {
                // Nobody there, so nothing was asked yet.
            }
        }
    }

    private async Task<RelayAnswer> SendAsync(Uri target, HttpRequest request, byte[] body)
    {
        using var copy = new HttpRequestMessage(new(request.Method), new Uri(target, $"{request.Path}{request.QueryString}"));
        copy.Content = new ByteArrayContent(body);
        foreach (var (name, values) in request.Headers)
        {
            if (!OfOneConnection.Contains(name) && !copy.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values))
            {
                copy.Content.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
            }
        }

        using var answer = await _client.SendAsync(copy);
        var headers = answer.Headers.Concat(answer.Content.Headers)
            .Where(header => !OfOneConnection.Contains(header.Key))
            .Select(header => KeyValuePair.Create(header.Key, header.Value.ToArray()));
        return new((int)answer.StatusCode, [.. headers], await answer.Content.ReadAsByteArrayAsync());
    }

    private sealed class Removal(Action remove) : IDisposable
    {
        public void Dispose() => remove();
    }
}

using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;

namespace StandIns;

/// <summary>A web server in this process, on 127.0.0.1, that can be stopped and started again on its port.</summary>
internal sealed class LocalServer(Action<WebApplication> map) : IAsyncDisposable
{
    private WebApplication? _app;

    /// <summary>Known from the first start on.</summary>
    public string BaseUrl { get; private set; } = "";

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await StopAsync();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add(BaseUrl.Length > 0 ? BaseUrl : "http://127.0.0.1:0");
        map(app);
        await app.StartAsync(cancellationToken);
        (_app, BaseUrl) = (app, app.Urls.First());
    }

    public async Task StopAsync()
    {
        if (_app is not null)
        {
            await _app.DisposeAsync();
            _app = null;
        }
    }

    public async ValueTask DisposeAsync() => await StopAsync();
}

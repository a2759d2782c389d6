namespace Companion.Foundation.Web;

/// <summary>
/// The one way to a client of another system. It follows no redirect, which could lead anywhere, keeps no cookies, and logs no addresses. It
/// may be kept for the life of the process: connections are made anew now and then, so that a moved server is found.
/// </summary>
internal static class OutgoingHttp
{
    /// <param name="connect">What its connections have different from the others'.</param>
    public static IHttpClientBuilder AddOutgoingClient<TClient>(
        this IServiceCollection services, Action<IServiceProvider, HttpClient> configure, Action<SocketsHttpHandler>? connect = null)
        where TClient : class =>
        services.AddHttpClient<TClient>(configure)
            .UseSocketsHttpHandler((handler, _) =>
            {
                Restrain(handler);
                connect?.Invoke(handler);
            })
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            .RemoveAllLoggers();

    /// <summary>For a client that is made where there are no services.</summary>
    public static SocketsHttpHandler Restrain(SocketsHttpHandler handler)
    {
        handler.AllowAutoRedirect = false;
        handler.UseCookies = false;
        handler.PooledConnectionLifetime = TimeSpan.FromMinutes(5);
        return handler;
    }
}

using Microsoft.AspNetCore.Http;

namespace StandIns.Homeserver;

public enum HomeserverFault
{
    /// <summary>429 with a Retry-After of 7 seconds; nothing is done.</summary>
    Limited,

    /// <summary>500 before anything is done.</summary>
    Broken,

    /// <summary>It is done, and the connection breaks before the answer.</summary>
    LostAnswer,

    /// <summary>401: the token is not known any more; nothing is done.</summary>
    UnknownToken,
}

/// <summary>Faults on demand: each strikes the next request that it is meant for.</summary>
public sealed class HomeserverFaults
{
    private readonly PlannedFaults<(string Method, string Path), HomeserverFault> _planned = new();

    /// <param name="part">Occurs in the request's path.</param>
    public PlannedFault Next(string method, string part, HomeserverFault fault) => _planned.Add(
        request => request.Method == method && request.Path.Contains(part, StringComparison.Ordinal), fault);

    /// <summary>What has not struck yet does not any more.</summary>
    public void Clear() => _planned.Clear();

    internal Strike? Take(string method, string path) =>
        _planned.TryTake((method, path), out var fault) ? new Strike(fault) : null;

    internal sealed class Strike(HomeserverFault fault)
    {
        public void Before()
        {
            switch (fault)
            {
                case HomeserverFault.Limited:
                    throw new HomeserverException(429, "M_LIMIT_EXCEEDED", "Too Many Requests", 6500);
                case HomeserverFault.Broken:
                    throw new HomeserverException(500, "M_UNKNOWN", "Internal server error");
                case HomeserverFault.UnknownToken:
                    throw new HomeserverException(401, "M_UNKNOWN_TOKEN", "Invalid access token passed.");
                case HomeserverFault.LostAnswer:
                    break;
            }
        }

        public void After(HttpContext context)
        {
            if (fault == HomeserverFault.LostAnswer)
            {
                context.Abort();
            }
        }
    }
}

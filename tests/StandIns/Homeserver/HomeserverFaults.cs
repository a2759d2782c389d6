using System.Collections.Concurrent;
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

/// <summary>Faults on demand: each applies to the next request that matches.</summary>
public sealed class HomeserverFaults
{
    private readonly ConcurrentQueue<(string Method, string Part, HomeserverFault Fault)> _planned = new();

    /// <param name="part">Occurs in the request's path.</param>
    public void Next(string method, string part, HomeserverFault fault) => _planned.Enqueue((method, part, fault));

    internal PlannedFault? Take(string method, string path)
    {
        if (_planned.TryPeek(out var next)
            && next.Method == method
            && path.Contains(next.Part, StringComparison.Ordinal)
            && _planned.TryDequeue(out _))
        {
            return new PlannedFault(next.Fault);
        }

        return null;
    }

    internal sealed class PlannedFault(HomeserverFault fault)
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

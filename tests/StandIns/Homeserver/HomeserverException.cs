namespace StandIns.Homeserver;

/// <summary>An answer that is not a success, with the homeserver's own code.</summary>
public sealed class HomeserverException(int status, string errcode, string error, long? retryAfterMs = null) : Exception(error)
{
    public int Status { get; } = status;

    public string Errcode { get; } = errcode;

    public long? RetryAfterMs { get; } = retryAfterMs;

    public static HomeserverException Forbidden(string error) => new(403, "M_FORBIDDEN", error);

    public static HomeserverException NotFound(string error) => new(404, "M_NOT_FOUND", error);
}

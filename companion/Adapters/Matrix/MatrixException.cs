namespace Companion.Adapters.Matrix;

/// <summary>The homeserver refused, failed or did not answer.</summary>
/// <param name="errcode">The server's own code, e.g. M_FORBIDDEN; unreachable, timeout or malformed_answer where it gave none.</param>
/// <param name="status">HTTP status; 0 when there was no answer.</param>
/// <param name="retryAfter">What a limited caller has to wait: the larger of what header and body say.</param>
internal sealed class MatrixException(string errcode, int status, TimeSpan? retryAfter = null, Exception? innerException = null)
    : Exception($"The homeserver refused or failed: {errcode} ({status}).", innerException)
{
    public string ErrorCode { get; } = errcode;

    public int Status { get; } = status;

    public TimeSpan? RetryAfter { get; } = retryAfter;

    public bool IsLimit => Status == 429;

    public bool Is(int status, params ReadOnlySpan<string> errcodes) => Status == status && errcodes.Contains(ErrorCode);

    /// <summary>The token is not known, expired or not enough; trying it again only makes noise.</summary>
    public bool IsCredentialProblem => Status == 401;

    /// <summary>Says nothing about the request itself: trying again may work.</summary>
    public bool IsOutage => Status is 0 or 408 or >= 500;
}

namespace Companion.Foundation.Kernel;

/// <summary>The identity provider did not do what it was asked.</summary>
internal sealed class IdentityProviderException : Exception
{
    /// <param name="code">Short reason for operators and retries, e.g. unreachable, http_403, group_not_allowed.</param>
    /// <param name="isTransient">Trying again later may work.</param>
    public IdentityProviderException(string code, bool isTransient, TimeSpan? retryAfter = null, Exception? innerException = null)
        : base($"The identity provider refused or failed: {code}.", innerException)
    {
        Code = code;
        IsTransient = isTransient;
        RetryAfter = retryAfter;
    }

    public string Code { get; }

    public bool IsTransient { get; }

    public TimeSpan? RetryAfter { get; }
}

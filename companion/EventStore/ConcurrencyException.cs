namespace Companion.EventStore;

/// <summary>A stream or a guarded row moved since it was read.</summary>
internal sealed class ConcurrencyException : Exception
{
    public ConcurrencyException()
        : base("The stream was changed meanwhile.")
    {
    }

    public ConcurrencyException(string message)
        : base(message)
    {
    }

    public ConcurrencyException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

namespace Companion.Foundation.Store;

/// <summary>A stream or a guarded row moved since it was read.</summary>
internal sealed class ConcurrencyException(Exception? innerException = null)
    : Exception("The stream was changed meanwhile.", innerException);

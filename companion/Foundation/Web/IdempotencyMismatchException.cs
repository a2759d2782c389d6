namespace Companion.Foundation.Web;

/// <summary>The same key came with another request before.</summary>
internal sealed class IdempotencyMismatchException() : Exception("This request was sent before with other content.");

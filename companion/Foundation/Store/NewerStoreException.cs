namespace Companion.Foundation.Store;

/// <summary>The database holds what this version does not know.</summary>
/// <param name="what">What that is.</param>
internal sealed class NewerStoreException(string what, Exception? innerException = null) : Exception(
    $"A newer version of the companion wrote to this database: {what}. Run that version, or restore a backup from before it.",
    innerException);

namespace Companion.Foundation.Store;

/// <summary>A stream or a guarded row moved since it was read.</summary>
internal sealed class ConcurrencyException(Exception? innerException = null)
    : Exception("The stream was changed meanwhile.", innerException);

/// <summary>The database role may not create what a migration creates.</summary>
internal sealed class MigrationRightsException(Exception innerException) : Exception(
    "The database role may not create schemas and tables. Run `companion migrate` with a role that may, "
    + "and set Database:MigrateAtStart to false for the service.",
    innerException);

/// <summary>The database holds what this version does not know.</summary>
/// <param name="what">What that is.</param>
internal sealed class NewerStoreException(string what, Exception? innerException = null) : Exception(
    $"A newer version of the companion wrote to this database: {what}. Run that version, or restore a backup from before it.",
    innerException);

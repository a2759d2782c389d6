namespace Companion.Foundation.Store;

/// <summary>The database role may not create what a migration creates.</summary>
internal sealed class MigrationRightsException(Exception innerException) : Exception(
    "The database role may not create schemas and tables. Run `companion migrate` with a role that may, "
    + "and set Database:MigrateAtStart to false for the service.",
    innerException);

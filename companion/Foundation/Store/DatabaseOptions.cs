using System.ComponentModel.DataAnnotations;

namespace Companion.Foundation.Store;

/// <summary>Configuration section Database.</summary>
[OptionsValidator]
internal sealed partial class DatabaseOptions : IValidateOptions<DatabaseOptions>
{
    public const string SectionName = "Database";

    /// <summary>Npgsql connection string of the application's role.</summary>
    [Required]
    public string ConnectionString { get; set; } = "";

    /// <summary>Apply migrations when the service starts; off where the role may not do DDL and `companion migrate` is run instead.</summary>
    public bool MigrateAtStart { get; set; } = true;

    public int MaxPoolSize { get; set; } = 50;
}

using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Companion.Database;

internal static class DatabaseServices
{
    public static IServiceCollection AddDatabase(this IServiceCollection services)
    {
        services.AddOptions<DatabaseOptions>()
            .BindConfiguration(DatabaseOptions.SectionName)
            .Validate(o => o.ConnectionString.Length > 0, "Database:ConnectionString must be set.")
            .ValidateOnStart();
        services.TryAddSingleton(provider => BuildDataSource(
            provider.GetRequiredService<IOptions<DatabaseOptions>>().Value, provider.GetRequiredService<ILoggerFactory>()));
        services.TryAddSingleton<Migrator>();
        services.AddHostedService<StartupMigration>();
        return services;
    }

    internal static NpgsqlDataSource BuildDataSource(DatabaseOptions options, ILoggerFactory? loggers = null)
    {
        var builder = new NpgsqlDataSourceBuilder(options.ConnectionString);
        var connection = builder.ConnectionStringBuilder;
        connection.Timezone = "UTC";
        connection.IncludeErrorDetail = false;
        connection.MaxPoolSize = options.MaxPoolSize;
        connection.MaxAutoPrepare = 100;
        connection.AutoPrepareMinUsages = 2;
        connection.ApplicationName ??= "companion";
        builder.UseLoggerFactory(loggers);
        return builder.Build();
    }
}

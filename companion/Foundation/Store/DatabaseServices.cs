using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Companion.Foundation.Store;

internal static class DatabaseServices
{
    public static IServiceCollection AddDatabase(this IServiceCollection services)
    {
        services.AddSettings<DatabaseOptions>(DatabaseOptions.SectionName);
        services.TryAddSingleton(provider => BuildDataSource(
            provider.GetRequiredService<IOptions<DatabaseOptions>>().Value, provider.GetRequiredService<ILoggerFactory>()));
        services.TryAddSingleton<Migrator>();
        services.AddHostedService<StartupMigration>();
        return services;
    }

    internal static NpgsqlDataSource BuildDataSource(DatabaseOptions options, ILoggerFactory? loggers = null)
    {
        // Named, because metrics else carry the connection string.
        var builder = new NpgsqlDataSourceBuilder(options.ConnectionString) { Name = "companion" };
        var connection = builder.ConnectionStringBuilder;
        connection.Timezone = "UTC";
        connection.IncludeErrorDetail = false;
        connection.MaxPoolSize = options.MaxPoolSize;
        // A statement that fails in the use that would prepare it leaves the connection out of step for whoever gets it next (Npgsql 10.0.0 and 10.0.3).
        connection.MaxAutoPrepare = 0;
        // Whoever changes a session's state sets it back: the reset would forget all plans, those inside Marten's functions too.
        connection.NoResetOnClose = true;
        connection.ApplicationName ??= "companion";
        builder.UseLoggerFactory(loggers);
        return builder.Build();
    }
}

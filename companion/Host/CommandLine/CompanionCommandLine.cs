using System.CommandLine;
using Companion.Community.Timeline;
using Microsoft.Extensions.Logging.Console;

namespace Companion.Host.CommandLine;

/// <summary>The verbs of `companion`. Settings come from appsettings.json and the environment (Database__ConnectionString).</summary>
internal sealed class CompanionCommandLine(TextWriter output, TextWriter error, Action<WebApplicationBuilder>? configure = null)
{
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public async Task<int> RunAsync(string[] args)
    {
        var parsed = Root().Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var mistake in parsed.Errors)
            {
                await error.WriteLineAsync(mistake.Message);
            }

            await error.WriteLineAsync("Try --help.");
            return ExitCode.Usage;
        }

        try
        {
            // Without a handler of its own for signals: the host has one, and the other verbs may end at any time.
            return await parsed.InvokeAsync(new InvocationConfiguration
            {
                Output = output,
                Error = error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
            });
        }
        catch (Exception exception) when (Explain(exception) is { } known)
        {
            await error.WriteLineAsync(known.Message);
            return known.Code;
        }
    }

    private RootCommand Root() => new($"Onboards people by invitation, beside an identity provider. {ExitCode.Help}")
    {
        Subcommands =
        {
            ServeCommand.Create(configure),
            MigrateCommand.Create(this),
            RebuildCommand.Create(this),
            OutboxCommands.Create(this),
            TimelineCommands.Create(this),
            PolicyCommand.Create(this),
            RealmCommands.Create(),
            DoctorCommand.Create(this),
            EraseCommand.Create(this),
        },
        Action = ServeCommand.Create(configure).Action,
    };

    /// <summary>Runs a verb's work with the application's services, none of its workers started. Logs go to standard error.</summary>
    internal async Task<int> WithServicesAsync(Func<IServiceProvider, TextWriter, Task> work)
    {
        var builder = CompanionApplication.CreateBuilder([]);
        builder.Services.Configure<ConsoleLoggerOptions>(options => options.LogToStandardErrorThreshold = LogLevel.Trace);
        configure?.Invoke(builder);
        await using var app = builder.Build();
        await work(app.Services, output);
        return ExitCode.Ok;
    }

    private static (int Code, string Message)? Explain(Exception exception) => exception switch
    {
        _ when SettingFailures.Of(exception) is { } failures => (ExitCode.Configuration, string.Join(Environment.NewLine, failures)),
        TimelineBrokenException broken => (ExitCode.Failed, broken.Message),
        NotErasedException kept => (ExitCode.Failed, kept.Message),
        IdentityProviderException away => (ExitCode.Failed, $"The identity provider does not go along ({away.Code}); nothing was changed."),
        NewerStoreException newer => (ExitCode.Failed, newer.Message),
        MigrationRightsException rights => (ExitCode.Unavailable, rights.Message),
        PostgresException { SqlState: PostgresErrorCodes.UndefinedTable } =>
            (ExitCode.Unavailable, "The database lacks tables of this version. Run `companion migrate` first."),
        PostgresException refused => (ExitCode.Unavailable, $"The database refused: {refused.MessageText} ({refused.SqlState})."),
        NpgsqlException => (ExitCode.Unavailable, "The database does not answer. Check Database:ConnectionString and that it runs."),
        ArgumentException { Source: "Npgsql" } => (ExitCode.Configuration, "Database:ConnectionString is not a connection string."),
        _ => null,
    };
}

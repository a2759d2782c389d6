using System.CommandLine;
using Companion.Adapters.Keycloak.Realm;

namespace Companion.Host.CommandLine;

/// <summary>
/// companion realm apply | diff. Settings come from the companion's own configuration and the placeholders' environment
/// variables; admin credentials from the environment only, for this run.
/// </summary>
internal static class RealmCommands
{
    private const string Credentials =
        "Set KEYCLOAK_ADMIN_USER and KEYCLOAK_ADMIN_PASSWORD, or KEYCLOAK_ADMIN_CLIENT and KEYCLOAK_ADMIN_SECRET.";

    public static Command Create()
    {
        var url = new Option<string?>("--url") { Description = "Keycloak's address; Keycloak:BaseUrl if absent." };
        var realm = new Option<string?>("--realm") { Description = "The existing realm; Keycloak:Realm if absent." };
        var adminRealm = new Option<string>("--admin-realm") { Description = "The admin's realm.", DefaultValueFactory = _ => RealmTarget.MasterRealm };
        var dryRun = new Option<bool>("--dry-run") { Description = "Only tell what would be changed." };
        var apply = new Command("apply", $"Add what registration by invitation needs to an existing realm; deletes nothing. {Credentials}")
        {
            url, realm, adminRealm, dryRun,
        };
        apply.SetAction((parsed, cancellationToken) => TryAsync(
            RealmTarget.FromEnvironment(parsed.GetValue(url), parsed.GetValue(realm), parsed.GetValue(adminRealm)!),
            parsed.GetValue(dryRun),
            _ => ExitCode.Ok,
            parsed.InvocationConfiguration,
            cancellationToken));
        var diff = new Command("diff", $"Tell what apply would change; ends with {ExitCode.Failed} when there is something. {Credentials}")
        {
            url, realm, adminRealm,
        };
        diff.SetAction((parsed, cancellationToken) => TryAsync(
            RealmTarget.FromEnvironment(parsed.GetValue(url), parsed.GetValue(realm), parsed.GetValue(adminRealm)!),
            dryRun: true,
            count => count == 0 ? ExitCode.Ok : ExitCode.Failed,
            parsed.InvocationConfiguration,
            cancellationToken));
        return new Command("realm", "Settings of an existing Keycloak realm.") { apply, diff };
    }

    private static async Task<int> TryAsync(
        RealmTarget target, bool dryRun, Func<int, int> exitCode, InvocationConfiguration console, CancellationToken cancellationToken)
    {
        try
        {
            var count = await ApplyRealm.RunAsync(target, difference => console.Output.WriteLine(Line(difference, dryRun)), dryRun, cancellationToken);
            await console.Output.WriteLineAsync(
                count == 0 ? "nothing to do" : string.Create(CultureInfo.InvariantCulture, $"{count} changes{(dryRun ? " to do" : " made")}"));
            return exitCode(count);
        }
        catch (RealmException exception)
        {
            await console.Error.WriteLineAsync(exception.Message);
            return ExitCode.Unavailable;
        }
    }

    private static string Line(RealmDifference difference, bool dryRun) =>
        difference.IsWarning ? $"warning: {difference.Text}" : $"{(dryRun ? "would" : "will")} {difference.Text}";
}

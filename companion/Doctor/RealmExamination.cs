using Companion.Keycloak.Realm;

namespace Companion.Doctor;

/// <summary>The realm's settings, as far as somebody lends an admin's credentials for this run.</summary>
internal sealed class RealmExamination(IConfiguration configuration) : Examination
{
    public override async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(configuration["KEYCLOAK_ADMIN_USER"]) && string.IsNullOrEmpty(configuration["KEYCLOAK_ADMIN_CLIENT"]))
        {
            return
            [
                Finding.Advice("The realm's settings were not looked at: that takes an admin. Set KEYCLOAK_ADMIN_USER and KEYCLOAK_ADMIN_PASSWORD for this run."),
            ];
        }

        try
        {
            return await CompareAsync(cancellationToken);
        }
        catch (RealmException exception)
        {
            return [Finding.Problem(exception.Message)];
        }
    }

    private async Task<IReadOnlyList<Finding>> CompareAsync(CancellationToken cancellationToken)
    {
        await using var differences = new StringWriter();
        var target = new RealmTarget(configuration, url: null, realm: null, RealmTarget.MasterRealm);
        var count = await ApplyRealm.RunAsync(target, differences, dryRun: true, cancellationToken);
        var lines = differences.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries).SkipLast(1).ToList();
        return count == 0
            ? [Finding.Good("The realm's settings are as registration by invitation needs them."), .. lines.Select(Finding.Problem)]
            : [.. lines.Select(line => Finding.Problem($"`companion realm apply` {line}."))];
    }
}

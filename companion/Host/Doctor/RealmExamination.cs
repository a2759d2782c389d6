using Companion.Adapters.Keycloak.Realm;

namespace Companion.Host.Doctor;

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
        var differences = new List<RealmDifference>();
        var target = new RealmTarget(configuration, url: null, realm: null, RealmTarget.MasterRealm);
        var count = await ApplyRealm.RunAsync(target, differences.Add, dryRun: true, cancellationToken);
        return
        [
            .. count == 0 ? (Finding[])[Finding.Good("The realm's settings are as registration by invitation needs them.")] : [],
            .. differences.Select(difference => Finding.Problem(
                difference.IsWarning ? Sentence(difference.Text) : $"`companion realm apply` would {difference.Text}.")),
        ];
    }

    private static string Sentence(string text) => $"{char.ToUpperInvariant(text[0])}{text[1..]}";
}

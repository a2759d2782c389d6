using System.Text.Json.Nodes;
using Companion.Foundation.Web;

namespace Companion.Adapters.Keycloak.Realm;

/// <summary>
/// Brings an existing realm to what registration by invitation needs: adds what is missing, puts right what is ours, deletes
/// nothing. A second run finds nothing to do.
/// </summary>
internal sealed class ApplyRealm(RealmAdmin admin, Action<RealmDifference> tell, bool dryRun)
{
    private readonly RealmChanges _changes = new(tell, dryRun);

    /// <summary>Applies the realm file to a realm, or tells what it would change.</summary>
    /// <inheritdoc cref="RunAsync(JsonObject, CancellationToken)"/>
    public static async Task<int> RunAsync(RealmTarget target, Action<RealmDifference> tell, bool dryRun, CancellationToken cancellationToken)
    {
        using var http = new HttpClient(OutgoingHttp.Restrain(new SocketsHttpHandler()));
        var admin = new RealmAdmin(http, target.Url, target.Realm, target.Login);
        return await new ApplyRealm(admin, tell, dryRun).RunAsync(RealmFile.Load(target.Placeholder), cancellationToken);
    }

    /// <returns>How many changes were made; in a dry run at least how many there would be.</returns>
    /// <exception cref="RealmException"/>
    public async Task<int> RunAsync(JsonObject realm, CancellationToken cancellationToken)
    {
        var clients = new ClientSettings(admin, _changes);
        var roles = new RoleSettings(admin, _changes, clients);
        await new ProfileSettings(admin, _changes).ApplyAsync(realm, cancellationToken);
        await roles.ApplyRolesAndGroupsAsync(realm, cancellationToken);
        await new ClientScopeSettings(admin, _changes).ApplyAsync(realm, cancellationToken);
        await clients.ApplyAsync(realm, cancellationToken);
        await roles.ApplyServiceAccountsAsync(realm, cancellationToken);
        await new RequiredActionSettings(admin, _changes).ApplyAsync(realm, cancellationToken);
        await new FlowSettings(admin, _changes).ApplyAsync(realm, cancellationToken);
        var hold = new HoldSettings(admin, _changes);
        await hold.ApplyAsync(realm, cancellationToken);
        // Last: from here on nobody registers without an invite, and everything that needs is there.
        await new SwitchSettings(admin, _changes).ApplyAsync(realm, cancellationToken);
        await hold.WarnAsync(cancellationToken);
        return _changes.Count;
    }
}

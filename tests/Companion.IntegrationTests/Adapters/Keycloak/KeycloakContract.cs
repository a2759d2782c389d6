namespace Companion.IntegrationTests.Adapters.Keycloak;

/// <summary>A test that holds the real Keycloak and its stand-in to the same promise.</summary>
public abstract class KeycloakContract : IDisposable
{
    private readonly List<RealmVisitor> _visitors = [];

    protected KeycloakContract(KeycloakUnderTest keycloak)
    {
        Keycloak = keycloak;
        keycloak.SkipIfMissing();
    }

    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    protected KeycloakUnderTest Keycloak { get; }

    internal CompanionPeer Peer => Keycloak.Peer;

    public void Dispose()
    {
        _visitors.ForEach(visitor => visitor.Dispose());
        GC.SuppressFinalize(this);
    }

    /// <summary>Somebody with a browser of their own.</summary>
    /// <param name="realm">The tests' own by default.</param>
    internal RealmVisitor Visitor(string? realm = null)
    {
        var visitor = new RealmVisitor(Keycloak, Ct, realm is null ? null : $"{Keycloak.BaseUrl}/realms/{realm}");
        _visitors.Add(visitor);
        return visitor;
    }
}

namespace Sandbox.Keycloak;

/// <summary>The identity provider of a world: Keycloak, or what stands in for it.</summary>
public interface IKeycloak : IAsyncDisposable
{
    /// <summary>The administrator's name in realm master.</summary>
    const string AdminName = "admin";

    string AdminPassword { get; }

    string BaseUrl { get; }

    string Realm { get; }

    string RealmUrl { get; }

    /// <summary>Starts the stopped server on the same port and data.</summary>
    Task StartAgainAsync(CancellationToken cancellationToken);

    Task StopAsync();
}

namespace Sandbox.Synapse;

/// <summary>The homeserver of a world: Synapse, or what stands in for it.</summary>
public interface ISynapse : IAsyncDisposable
{
    string BaseUrl { get; }

    /// <summary>Creates an account and returns its access token.</summary>
    Task<MatrixAccount> RegisterAsync(string name, bool admin, CancellationToken cancellationToken);

    /// <summary>Starts the stopped server on the same port and data.</summary>
    Task StartAgainAsync(CancellationToken cancellationToken);

    Task StopAsync();
}

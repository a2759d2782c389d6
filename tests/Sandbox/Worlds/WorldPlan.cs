namespace Sandbox.Worlds;

/// <summary>What a world consists of.</summary>
public sealed record WorldPlan(Backend Backend)
{
    /// <summary>Companions that share the database, taken in turn by <see cref="World.Proxy"/>.</summary>
    public int Companions { get; init; } = 1;

    /// <summary>Settings of the companions that differ from the usual ones, in environment form.</summary>
    public IReadOnlyDictionary<string, string?> Settings { get; init; } = new Dictionary<string, string?>();

    /// <summary>How long the identity provider waits for a companion's answer; long by default, because all servers and their tests share a few cores.</summary>
    public TimeSpan WebhookTimeout { get; init; } = TimeSpan.FromSeconds(15);
}

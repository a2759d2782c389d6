using Companion.Adapters.Keycloak;

namespace Companion.Host.Doctor;

/// <summary>Whether the provider on the node that answered is the one of this companion.</summary>
internal static class ProviderVersion
{
    /// <summary>Version of docs/identity-provider.md that this companion keeps.</summary>
    public const int Contract = 1;

    public static string Ours { get; } = typeof(ProviderVersion).Assembly.GetName().Version!.ToString(3);

    public static Finding Judge(ConnectionAnswer connection)
    {
        var node = connection.Node is null ? "a Keycloak node" : $"Keycloak's node {connection.Node}";
        var theirs = connection.Version is null ? "an unnamed version" : $"version {connection.Version}";
        return connection switch
        {
            { Contract: null or < Contract } => Finding.Problem(
                $"The provider on {node} ({theirs}) is older than this companion needs. Put the jar of version {Ours} into its providers/, run kc.sh build and start it again."),
            { Contract: > Contract } => Finding.Advice(
                $"The provider on {node} ({theirs}) is newer than this companion ({Ours}), which passes over what it does not know. Upgrade the companion."),
            { Version: var version } when version != Ours => Finding.Advice(
                $"The provider on {node} has {theirs}, the companion {Ours}. They work together; put the same release on both when you can."),
            _ => Finding.Good($"The provider on {node} has the companion's version, {Ours}."),
        };
    }
}

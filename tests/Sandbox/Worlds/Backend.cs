namespace Sandbox.Worlds;

/// <summary>What a world's identity provider and homeserver are.</summary>
public enum Backend
{
    /// <summary>Keycloak and Synapse.</summary>
    Real,

    /// <summary>Their stand-ins in this process, held to the real ones by the contract tests.</summary>
    StandIn,
}

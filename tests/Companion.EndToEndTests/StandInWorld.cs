using Sandbox.Worlds;

namespace Companion.EndToEndTests;

/// <summary>Their stand-ins.</summary>
public sealed class StandInWorld() : WorldFixture(Backend.StandIn);

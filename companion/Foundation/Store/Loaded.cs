namespace Companion.Foundation.Store;

/// <summary>A stream's state and the version it was read at; version 0 when the stream does not exist yet.</summary>
internal sealed record Loaded<TState>(Guid StreamId, TState State, long Version);

namespace Companion.Foundation.Kernel;

/// <summary>Enums on the wire: snake case.</summary>
internal sealed class SnakeCaseEnumConverter<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.SnakeCaseLower)
    where T : struct, Enum;

using System.Text.Json;
using System.Text.Json.Serialization;

namespace Companion.Hosting;

/// <summary>Enums on the wire: snake case.</summary>
internal sealed class SnakeCaseEnumConverter<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.SnakeCaseLower)
    where T : struct, Enum;

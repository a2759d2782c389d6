using System.Text;
using System.Text.Json.Serialization.Metadata;

namespace Companion.Foundation.Store;

/// <summary>How one event type is stored.</summary>
/// <param name="Alias">mt_events.type: the class name in snake case, frozen by the golden files.</param>
/// <param name="DotnetType">mt_events.mt_dotnet_type.</param>
internal sealed record EventType(string Alias, string DotnetType, Type ClrType, JsonTypeInfo Json)
{
    public static EventType Of<TEvent>(JsonTypeInfo<TEvent> json) =>
        new(SnakeCase(typeof(TEvent).Name), DotnetTypeOf(typeof(TEvent)), typeof(TEvent), json);

    internal static string DotnetTypeOf(Type type) => $"{type.FullName}, {type.Assembly.GetName().Name}";

    internal static string SnakeCase(string name)
    {
        var result = new StringBuilder();
        foreach (var c in name)
        {
            if (char.IsUpper(c) && result.Length > 0)
            {
                result.Append('_');
            }

            result.Append(char.ToLowerInvariant(c));
        }

        return result.ToString();
    }
}

using System.Reflection;
using Companion.Foundation.Store;

namespace Companion.Tests.Foundation.Store;

/// <summary>Every kind of stream that the companion declares, found by its static Type property.</summary>
internal static class StreamTypes
{
    public static IReadOnlyList<IStreamType> All { get; } =
    [
        .. typeof(IStreamType).Assembly.GetTypes()
            .Select(type => type.GetProperty("Type", BindingFlags.Public | BindingFlags.Static))
            .Where(property => property is not null && property.PropertyType.IsAssignableTo(typeof(IStreamType)))
            .Select(property => (IStreamType)property!.GetValue(null)!)
            .OrderBy(type => type.Alias, StringComparer.Ordinal),
    ];
}

using System.Collections;
using System.Reflection;
using Companion.Foundation.Kernel;

namespace Companion.Tests.Foundation.Store;

/// <summary>Makes the same filled-in instance of a record every time, so that its JSON can be compared with a file.</summary>
internal static class Sample
{
    public static object Of(Type type) => Value(type, type.Name);

    private static object Value(Type type, string name)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        return type switch
        {
            _ when type == typeof(string) => $"{name}-text",
            _ when type == typeof(bool) => true,
            _ when type == typeof(int) => 3,
            _ when type == typeof(long) => 4L,
            _ when type == typeof(Guid) => DeterministicId.From("sample", name),
            _ when type == typeof(DateTimeOffset) => new DateTimeOffset(2026, 3, 2, 10, 30, 15, 250, TimeSpan.Zero),
            _ when type == typeof(TimeSpan) => TimeSpan.FromMinutes(5),
            _ when type.IsEnum => Enum.GetValues(type).GetValue(Enum.GetValues(type).Length - 1)!,
            _ when ElementOf(type) is { } element => List(element, name),
            _ => Construct(type, name),
        };
    }

    private static Type? ElementOf(Type type) =>
        type.IsGenericType && type.IsAssignableTo(typeof(IEnumerable)) ? type.GetGenericArguments()[0] : null;

    private static Array List(Type element, string name)
    {
        var list = Array.CreateInstance(element, 1);
        list.SetValue(Value(element, name), 0);
        return list;
    }

    private static object Construct(Type type, string name)
    {
        var constructor = type.GetConstructors(BindingFlags.Public | BindingFlags.Instance)
            .Where(candidate => candidate.GetParameters() is not [var only] || only.ParameterType != type)
            .OrderByDescending(candidate => candidate.GetParameters().Length)
            .First();
        return constructor.Invoke([.. constructor.GetParameters().Select(parameter =>
            Value(parameter.ParameterType, parameter.Name == "Value" ? name : parameter.Name!))]);
    }
}

using NpgsqlTypes;

namespace Companion.Foundation.Store;

/// <summary>A named, typed parameter of one SQL statement. Times are UTC.</summary>
internal readonly record struct Param(string Name, NpgsqlDbType Type, object? Value)
{
    public static Param Uuid(string name, Guid? value) => new(name, NpgsqlDbType.Uuid, value);

    /// <exception cref="ArgumentException">The database can't hold the text; whoever lets it in has to refuse it.</exception>
    public static Param Text(string name, string? value) => new(name, NpgsqlDbType.Text, value is null ? null : Storable(name, value));

    public static Param Bytes(string name, byte[]? value) => new(name, NpgsqlDbType.Bytea, value);

    public static Param Json(string name, byte[] utf8) => new(name, NpgsqlDbType.Jsonb, utf8);

    public static Param Time(string name, DateTimeOffset? value) => new(name, NpgsqlDbType.TimestampTz, value?.ToUniversalTime());

    public static Param Span(string name, TimeSpan value) => new(name, NpgsqlDbType.Interval, value);

    public static Param Int(string name, int value) => new(name, NpgsqlDbType.Integer, value);

    public static Param Long(string name, long? value) => new(name, NpgsqlDbType.Bigint, value);

    public static Param Bool(string name, bool value) => new(name, NpgsqlDbType.Boolean, value);

    public static Param Uuids(string name, Guid[] value) => new(name, NpgsqlDbType.Array | NpgsqlDbType.Uuid, value);

    public static Param Ints(string name, int[] value) => new(name, NpgsqlDbType.Array | NpgsqlDbType.Integer, value);

    public static Param Longs(string name, long[] value) => new(name, NpgsqlDbType.Array | NpgsqlDbType.Bigint, value);

    /// <inheritdoc cref="Text"/>
    public static Param Texts(string name, string[] value) =>
        new(name, NpgsqlDbType.Array | NpgsqlDbType.Text, Array.ConvertAll(value, text => Storable(name, text)));

    public static Param BytesList(string name, byte[][] value) => new(name, NpgsqlDbType.Array | NpgsqlDbType.Bytea, value);

    internal NpgsqlParameter ToParameter() => new(Name, Type) { Value = Value ?? DBNull.Value };

    /// <summary>A statement that fails for its text would already be under way on a connection that others use next.</summary>
    private static string Storable(string name, string value) =>
        StorableText.Is(value) ? value : throw new ArgumentException("The text holds what the database can't hold.", name);
}

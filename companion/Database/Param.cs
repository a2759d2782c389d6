using Npgsql;
using NpgsqlTypes;

namespace Companion.Database;

/// <summary>A named, typed parameter of one SQL statement. Times are UTC.</summary>
internal readonly record struct Param(string Name, NpgsqlDbType Type, object? Value)
{
    public static Param Uuid(string name, Guid? value) => new(name, NpgsqlDbType.Uuid, value);

    public static Param Text(string name, string? value) => new(name, NpgsqlDbType.Text, value);

    public static Param Bytes(string name, byte[]? value) => new(name, NpgsqlDbType.Bytea, value);

    public static Param Json(string name, byte[] utf8) => new(name, NpgsqlDbType.Jsonb, utf8);

    public static Param Time(string name, DateTimeOffset? value) => new(name, NpgsqlDbType.TimestampTz, value?.ToUniversalTime());

    public static Param Span(string name, TimeSpan value) => new(name, NpgsqlDbType.Interval, value);

    public static Param Int(string name, int value) => new(name, NpgsqlDbType.Integer, value);

    public static Param Long(string name, long? value) => new(name, NpgsqlDbType.Bigint, value);

    public static Param Bool(string name, bool value) => new(name, NpgsqlDbType.Boolean, value);

    public static Param Uuids(string name, Guid[] value) => new(name, NpgsqlDbType.Array | NpgsqlDbType.Uuid, value);

    public static Param Longs(string name, long[] value) => new(name, NpgsqlDbType.Array | NpgsqlDbType.Bigint, value);

    public static Param Texts(string name, string[] value) => new(name, NpgsqlDbType.Array | NpgsqlDbType.Text, value);

    public static Param BytesList(string name, byte[][] value) => new(name, NpgsqlDbType.Array | NpgsqlDbType.Bytea, value);

    internal NpgsqlParameter ToParameter() => new(Name, Type) { Value = Value ?? DBNull.Value };
}

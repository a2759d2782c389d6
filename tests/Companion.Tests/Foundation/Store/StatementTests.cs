using Companion.Foundation.Store;
using Npgsql;
using NpgsqlTypes;
using Weasel.Postgresql;

namespace Companion.Tests.Foundation.Store;

public sealed class StatementTests
{
    [Fact]
    public void Parameters_get_places_in_the_order_they_are_named_and_one_each()
    {
        var builder = new BatchBuilder();
        new Statement(
            "insert into t (a, b, c) values (@b_1, @a, @b_1::xid8) on conflict (a) do update set c = @now where t.d @> '{}'",
            [Param.Int("a", 1), Param.Text("b_1", "x"), Param.Time("now", null)]).AppendTo(builder);

        var command = builder.Compile().BatchCommands[0];

        command.CommandText.ShouldBe("insert into t (a, b, c) values ($1, $2, $1::xid8) on conflict (a) do update set c = $3 where t.d @> '{}'");
        command.Parameters.Cast<NpgsqlParameter>().Select(parameter => parameter.Value).ShouldBe(["x", 1, DBNull.Value]);
        command.Parameters.Cast<NpgsqlParameter>().Select(parameter => parameter.NpgsqlDbType).ShouldBe(
            [NpgsqlDbType.Text, NpgsqlDbType.Integer, NpgsqlDbType.TimestampTz]);
    }

    [Fact]
    public void A_parameter_that_is_not_given_is_a_mistake() =>
        Should.Throw<InvalidOperationException>(() => new Statement("select @a", [Param.Int("b", 1)]).AppendTo(new BatchBuilder()));
}

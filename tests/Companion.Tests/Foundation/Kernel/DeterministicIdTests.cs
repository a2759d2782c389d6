using Companion.Foundation.Kernel;
using FsCheck;
using FsCheck.Fluent;

namespace Companion.Tests.Foundation.Kernel;

public sealed class DeterministicIdTests
{
    private static readonly Arbitrary<(Guid Scope, string Name, int Ordinal)> Inputs = (
        from scope in ArbMap.Default.GeneratorFor<Guid>()
        from name in ArbMap.Default.GeneratorFor<NonNull<string>>()
        from ordinal in Gen.Choose(0, 1_000)
        select (scope, name.Get, ordinal)).ToArbitrary();

    [Fact]
    public void Ids_are_the_same_in_every_version_of_the_companion() =>
        DeterministicId.From(Guid.Parse("0197a0b0-0000-7000-8000-000000000001"), "invite", 2)
            .ShouldBe(Guid.Parse("19e5d94e-b8e8-896a-baf5-6e958c92d8d3"));

    [Fact]
    public void Another_scope_name_or_ordinal_gives_another_id() => Check.QuickThrowOnFailure(Prop.ForAll(Inputs, input =>
    {
        var (scope, name, ordinal) = input;
        Guid[] ids =
        [
            DeterministicId.From(scope, name, ordinal),
            DeterministicId.From(scope, name, ordinal + 1),
            DeterministicId.From(scope, name + "x", ordinal),
            DeterministicId.From(DeterministicId.From(scope, "other"), name, ordinal),
        ];
        return ids.Distinct().Count() == ids.Length;
    }));

    [Fact]
    public void Ids_are_version_8_uuids() => Check.QuickThrowOnFailure(Prop.ForAll(
        Inputs, input => DeterministicId.From(input.Scope, input.Name, input.Ordinal) is { Version: 8, Variant: >= 8 and <= 11 }));
}

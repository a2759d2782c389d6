using Companion.Adapters.Keycloak;
using Companion.Host.Doctor;

namespace Companion.Tests.Host.Doctor;

public sealed class ProviderVersionTests
{
    [Fact]
    public void A_provider_of_the_same_release_is_good() =>
        Judge(ProviderVersion.Ours, ProviderVersion.Contract).Kind.ShouldBe(FindingKind.Good);

    [Theory]
    [InlineData(null, null)]
    [InlineData("0.9.0", 0)]
    public void An_older_one_is_a_problem_of_the_node_that_has_it(string? version, int? contract)
    {
        var finding = Judge(version, contract);

        finding.Kind.ShouldBe(FindingKind.Problem);
        finding.Text.ShouldContain("node keycloak-2 ");
        finding.Text.ShouldContain($"jar of version {ProviderVersion.Ours}");
    }

    [Theory]
    [InlineData("9.0.0", 9)]
    [InlineData("0.9.9", ProviderVersion.Contract)]
    public void What_works_together_is_told_as_advice(string version, int contract)
    {
        var finding = Judge(version, contract);

        finding.Kind.ShouldBe(FindingKind.Advice);
        finding.Text.ShouldContain(version);
    }

    private static Finding Judge(string? version, int? contract) => ProviderVersion.Judge(new ConnectionAnswer(200, version, contract, "keycloak-2"));
}

using System.Text.Json;
using Companion.Adapters.Matrix;
using Companion.Foundation.Kernel;

namespace Companion.Tests.Adapters.Matrix;

public sealed class PowerLevelsTests
{
    private static readonly MatrixUserId Bot = new("@bot:x");

    [Theory]
    [InlineData("12", "@bot:x", null, """{"invite":50,"users":{}}""", true)]
    [InlineData("12", "@owner:x", "@bot:x", """{"invite":50,"users":{}}""", true)]
    [InlineData("12", "@owner:x", null, """{"invite":50,"users":{}}""", false)]
    [InlineData("12", "@owner:x", null, """{"invite":50,"users":{"@bot:x":50}}""", true)]
    [InlineData("11", "@bot:x", null, """{"invite":50,"users":{}}""", false)]
    [InlineData("11", "@owner:x", null, """{"users":{}}""", true)]
    [InlineData("11", "@owner:x", null, """{"invite":10,"users_default":20}""", true)]
    [InlineData("6", "@owner:x", null, """{"invite":"50","users":{"@bot:x":"49"}}""", false)]
    [InlineData(null, "@owner:x", null, """{"invite":1,"users":{"@bot:x":0},"users_default":100}""", false)]
    public void Who_may_invite_goes_by_creators_users_and_defaults(string? version, string creator, string? additional, string levels, bool may)
    {
        var create = new CreateContent(version, null, additional is null ? null : [additional], null);
        var content = JsonSerializer.Deserialize(levels, MatrixJson.Default.PowerLevelsContent);
        PowerLevels.MayInvite(Bot, create, creator, content).ShouldBe(may);
    }

    [Fact]
    public void Without_power_levels_anybody_may_invite() =>
        PowerLevels.MayInvite(Bot, new CreateContent("10", "@owner:x", null, null), "@owner:x", null).ShouldBeTrue();
}

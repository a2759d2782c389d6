using System.Text.Json.Nodes;
using Companion.Adapters.Keycloak.Realm;
using Companion.Journey.Invites;

namespace Companion.Tests.Adapters.Keycloak;

public sealed class RealmFileTests
{
    private static readonly Dictionary<string, string> Values = new()
    {
        ["COMPANION_CLIENT_SECRET"] = "quote \" and backslash \\",
    };

    [Fact]
    public void Placeholders_are_filled_with_values_or_defaults_and_other_texts_stay()
    {
        var realm = RealmFile.Load(name => Values.GetValueOrDefault(name));
        ((string?)realm["realm"]).ShouldBe("community");
        var companion = RealmJson.By(realm["clients"], "clientId", "companion").ShouldNotBeNull();
        ((string?)companion["secret"]).ShouldBe("quote \" and backslash \\");
        ((string?)RealmJson.By(realm["clients"], "clientId", "account")?["name"]).ShouldBe("${client_account}");
        realm.ToJsonString().ShouldNotContain("${COMPANION_");
    }

    [Fact]
    public void A_placeholder_without_a_default_must_have_a_value() =>
        Should.Throw<RealmException>(() => RealmFile.Load(_ => null)).Message.ShouldBe("COMPANION_CLIENT_SECRET must be set.");

    /// <summary>Who fills the form in for as long as the companion takes it must not lose it to the realm.</summary>
    [Fact]
    public void A_form_lives_as_long_in_the_realm_as_at_the_companion() =>
        ((int)RealmFile.Load(name => Values.GetValueOrDefault(name))["accessCodeLifespanLogin"]!).ShouldBe((int)InviteHandles.FormLifetime.TotalSeconds);

    [Fact]
    public void Every_flow_that_signs_people_in_ends_with_the_step_that_holds()
    {
        var realm = RealmFile.Load(name => Values.GetValueOrDefault(name));
        foreach (var binding in (string[])["browserFlow", "directGrantFlow", "resetCredentialsFlow", "registrationFlow"])
        {
            var steps = RealmJson.Objects(RealmJson.By(realm["authenticationFlows"], "alias", realm[binding])!["authenticationExecutions"]).ToList();
            ((string?)steps.MaxBy(step => (int)step["priority"]!)!["authenticator"]).ShouldBe("invite-hold", binding);
            steps.ShouldAllBe(step => (string?)step["requirement"] == "REQUIRED");
        }
    }

    [Theory]
    [InlineData("""{"a":"1"}""", """{"a":1}""", true)]
    [InlineData("""{"a":true,"b":2}""", """{"a":true}""", true)]
    [InlineData("""{"a":true}""", """{"a":false}""", false)]
    [InlineData("""{}""", """{"a":"x"}""", false)]
    [InlineData("""{}""", """{"a":[]}""", true)]
    [InlineData("""{"a":["x","y"]}""", """{"a":["y"]}""", true)]
    [InlineData("""{"a":["x"]}""", """{"a":["y"]}""", false)]
    [InlineData("""{"a":{"b":"1","c":"2"}}""", """{"a":{"b":"1"}}""", true)]
    [InlineData("""{"a":{"b":"1"}}""", """{"a":{"b":"2"}}""", false)]
    public void What_is_there_holds_what_is_wanted_or_it_does_not(string actual, string wanted, bool holds) =>
        RealmJson.Holds(JsonNode.Parse(actual), JsonNode.Parse(wanted)).ShouldBe(holds);

    [Fact]
    public void Joining_adds_and_overwrites_and_loses_nothing()
    {
        var joined = RealmJson.Join(
            JsonNode.Parse("""{"keep":"me","list":["a"],"deep":{"x":"1","y":"2"}}"""),
            JsonNode.Parse("""{"list":["b","a"],"deep":{"y":"3"},"more":true}"""));
        JsonNode.DeepEquals(joined, JsonNode.Parse("""{"keep":"me","list":["a","b"],"deep":{"x":"1","y":"3"},"more":true}""")).ShouldBeTrue();
    }
}

using System.Net;
using Companion.Host.Doctor;

namespace Companion.IntegrationTests.Adapters.Keycloak;

/// <summary>What the doctor hears of the way from the provider to the companion.</summary>
public abstract class ConnectionContract(KeycloakUnderTest keycloak) : KeycloakContract(keycloak)
{
    [Fact]
    public async Task The_provider_tells_which_one_it_is_and_what_the_companion_answered()
    {
        using var companion = new CompanionCaller(Keycloak);
        var answer = await companion.GetAsync("connection", Ct);
        answer.Status.ShouldBe(HttpStatusCode.OK, answer.Text);
        answer.Json.AsObject().Select(member => member.Key).ShouldBe(["status", "version", "contract", "node"], ignoreOrder: true);
        ((int)answer.Json["status"]!, (string?)answer.Json["version"], (int)answer.Json["contract"]!)
            .ShouldBe((200, ProviderVersion.Ours, ProviderVersion.Contract));
        ((string)answer.Json["node"]!).ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task Only_the_companion_is_told()
    {
        using var other = new CompanionCaller(Keycloak) { Token = "" };
        (await other.GetAsync("connection", Ct)).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }
}

public sealed class StandInConnectionTests(StandInKeycloak keycloak) : ConnectionContract(keycloak), IClassFixture<StandInKeycloak>;

[Collection(nameof(RealKeycloak))]
public sealed class RealConnectionTests(RealKeycloak keycloak) : ConnectionContract(keycloak);

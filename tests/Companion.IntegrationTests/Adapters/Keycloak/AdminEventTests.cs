using Companion.Adapters.Keycloak.Realm;

namespace Companion.IntegrationTests.Adapters.Keycloak;

/// <summary>What the companion does at the real server is in its audit.</summary>
[Collection(nameof(RealKeycloak))]
public sealed class AdminEventTests : KeycloakContract
{
    public AdminEventTests(RealKeycloak keycloak) : base(keycloak)
    {
    }

    [Fact]
    public async Task Each_act_of_the_companion_is_an_admin_event_that_names_it()
    {
        var id = await Keycloak.AddAccountAsync(AccountSeed.New() with { AddressVerified = false }, Ct);
        var alias = $"org-{Guid.NewGuid():N}";
        await Keycloak.Seed.CreateOrganizationAsync(alias, alias, Ct);
        using var companion = new CompanionCaller(Keycloak);
        var grant = $$"""{"inviteId":"i1","memberships":[{"organization":"{{alias}}","group":"User Managers"},{"organization":"{{alias}}"},{"group":"/members"}]}""";
        await companion.PutAsync($"memberships/{id}", grant, Ct);
        await companion.PutAsync($"memberships/{id}", grant, Ct);
        await companion.PutAsync($"pictures/{id}", """{"url":"https://media.example.org/a.png"}""", Ct);
        await companion.PutAsync($"pictures/{id}", """{"url":null}""", Ct);
        await companion.PutAsync($"verifications/{id}", "{}", Ct);
        await companion.PutAsync($"verifications/{id}", "{}", Ct);
        var events = RealmJson.Objects(await Keycloak.Admin.GetAsync($"admin-events?resourcePath=users/{id}/companion", Ct)).Reverse().ToList();
        events.ShouldAllBe(act => (string?)act["operationType"] == "ACTION");
        events.Select(act => act["details"]!.AsObject().OrderBy(detail => detail.Key, StringComparer.Ordinal).Select(detail => $"{detail.Key}={detail.Value}")).Select(details => string.Join(';', details))
            .ShouldBe([$"granted={alias} User Managers, /members;inviteId=i1", "picture=set", "picture=removed", "verification=required"], ignoreOrder: true);
    }
}

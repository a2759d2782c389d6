using Companion.Adapters.Keycloak;
using Companion.Community.Contacts;
using Companion.Community.Directory;
using Companion.Foundation.Kernel;
using Companion.Host;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Companion.IntegrationTests.Adapters.Keycloak;

/// <summary>What the companion relies on of an identity provider, proved on the real Keycloak and on its stand-in alike.</summary>
public abstract class IdentityProviderContract : IDisposable
{
    private readonly KeycloakUnderTest _keycloak;
    private readonly Lazy<ServiceProvider> _services;

    protected IdentityProviderContract(KeycloakUnderTest keycloak)
    {
        _keycloak = keycloak;
        keycloak.SkipIfMissing();
        _services = new Lazy<ServiceProvider>(() => Build(keycloak.ClientSecret));
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private IIdentityProvider Provider => _services.Value.GetRequiredService<IIdentityProvider>();

    public void Dispose()
    {
        if (_services.IsValueCreated)
        {
            _services.Value.Dispose();
        }

        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task An_account_is_found_by_id_with_all_that_rules_need()
    {
        var invite = new InviteId(Guid.CreateVersion7());
        var seed = AccountSeed.New() with
        {
            FirstName = "Anna",
            LastName = "Ahlers",
            Groups = ["/moderators"], // not one that approves
            Attributes = Marks(invite, ("invite_approval", "pending"), ("locale", "de")),
        };
        var id = await _keycloak.AddAccountAsync(seed, Ct);
        await _keycloak.JoinAsync("harbour", id, Ct);
        var person = (await Provider.FindAsync(new AccountId(id), Ct)).ShouldNotBeNull();
        person.Id.Value.ShouldBe(id);
        person.Enabled.ShouldBeTrue();
        person.Username.ShouldBe(seed.Username);
        person.DisplayName.ShouldBe("Anna Ahlers");
        person.Address.ShouldBe(EmailAddress.FromStored(seed.Email));
        person.AddressVerified.ShouldBeTrue();
        person.Language.ShouldBe("de");
        person.Groups.ShouldBe(["/moderators"]);
        person.Organizations.ShouldBe(["harbour"]);
        person.InviteId.ShouldBe(invite);
        person.Approval.ShouldBe("pending");
    }

    [Fact]
    public async Task A_disabled_account_without_names_or_marks_is_found_as_such()
    {
        var seed = AccountSeed.New() with { Enabled = false };
        var person = (await Provider.FindAsync(new AccountId(await _keycloak.AddAccountAsync(seed, Ct)), Ct)).ShouldNotBeNull();
        person.Enabled.ShouldBeFalse();
        person.DisplayName.ShouldBe(seed.Username);
        person.InviteId.ShouldBeNull();
        person.Approval.ShouldBeNull();
        person.Groups.ShouldBeEmpty();
        person.Organizations.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("00000000-0000-0000-0000-000000000000")]
    [InlineData("no-such-account")]
    [InlineData("a/../b")]
    [InlineData("a?b=c#d")]
    public async Task An_unknown_id_is_nobody(string id) => (await Provider.FindAsync(new AccountId(id), Ct)).ShouldBeNull();

    [Fact]
    public async Task An_account_is_found_by_its_whole_address_in_any_case()
    {
        var seed = AccountSeed.New() with { Email = $"plus+tag-{Guid.NewGuid():N}@example.org" };
        var id = await _keycloak.AddAccountAsync(seed, Ct);
        (await Provider.FindByAddressAsync(EmailAddress.FromStored(seed.Email.ToUpperInvariant()), Ct)).ShouldNotBeNull().Id.Value.ShouldBe(id);
        (await Provider.FindByAddressAsync(EmailAddress.FromStored(seed.Email[..^1]), Ct)).ShouldBeNull();
        (await Provider.FindByAddressAsync(EmailAddress.FromStored("*@example.org"), Ct)).ShouldBeNull();
    }

    [Fact]
    public async Task Many_accounts_are_named_at_once_and_those_that_there_are_not_are_left_out()
    {
        var named = await _keycloak.AddAccountAsync(AccountSeed.New() with { FirstName = "Anna", LastName = "Ahlers" }, Ct);
        var seed = AccountSeed.New();
        var nameless = await _keycloak.AddAccountAsync(seed, Ct);
        AccountId[] asked = [new(named), new(nameless), new("no-such-account"), .. Enumerable.Range(0, 120).Select(_ => new AccountId(Guid.NewGuid().ToString()))];
        var names = await Provider.NamesAsync(asked, Ct);
        names.OrderBy(pair => pair.Value == seed.Username).Select(pair => (pair.Key.Value, pair.Value)).ShouldBe([(named, "Anna Ahlers"), (nameless, seed.Username)]);
    }

    [Fact]
    public async Task Accounts_are_found_by_words_anywhere_in_their_names()
    {
        var word = $"q{Guid.NewGuid():N}";
        var anna = await _keycloak.AddAccountAsync(AccountSeed.New() with { FirstName = "Anna", LastName = $"Von{word}" }, Ct);
        var bert = await _keycloak.AddAccountAsync(AccountSeed.New() with { FirstName = "Bert", LastName = $"{word}mann" }, Ct);
        (await SearchAsync(word)).ShouldBe([anna, bert], ignoreOrder: true);
        (await SearchAsync($"{word.ToUpperInvariant()} nna")).ShouldBe([anna]);
        (await SearchAsync(word, 1)).Count().ShouldBe(1);
        (await SearchAsync($"id:{anna}")).ShouldBeEmpty();
        (await SearchAsync($"{word}%")).ShouldBeEmpty();

        async Task<IEnumerable<string>> SearchAsync(string text, int count = 10) => (await Provider.SearchAsync(text, count, Ct)).Select(account => account.Value);
    }

    [Fact]
    public async Task Accounts_are_found_by_the_mark_of_their_invite_and_by_no_other()
    {
        var (invite, other) = (new InviteId(Guid.CreateVersion7()), new InviteId(Guid.CreateVersion7()));
        var first = await _keycloak.AddAccountAsync(AccountSeed.New() with { Attributes = Marks(invite) }, Ct);
        var second = await _keycloak.AddAccountAsync(AccountSeed.New() with { Attributes = Marks(invite) }, Ct);
        await _keycloak.AddAccountAsync(AccountSeed.New() with { Attributes = Marks(other) }, Ct);
        (await Provider.FindByInviteAsync(invite, Ct)).Select(person => person.Id.Value).ShouldBe([first, second], ignoreOrder: true);
        (await Provider.FindByInviteAsync(new InviteId(Guid.CreateVersion7()), Ct)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Granting_adds_groups_and_organizations_once()
    {
        var invite = new InviteId(Guid.CreateVersion7());
        var account = new AccountId(await _keycloak.AddAccountAsync(AccountSeed.New(), Ct));
        await _keycloak.JoinAsync("pier", await _keycloak.AddAccountAsync(AccountSeed.New(), Ct), Ct);
        Membership[] memberships = [new(null, "/members"), new("pier", null)];
        await Provider.GrantAsync(account, memberships, invite, Ct);
        await Provider.GrantAsync(account, memberships, invite, Ct);
        var person = (await Provider.FindAsync(account, Ct)).ShouldNotBeNull();
        person.Groups.ShouldBe(["/members"]);
        person.Organizations.ShouldBe(["pier"]);
    }

    [Theory]
    [InlineData(null, "/moderators", "group_not_allowed")]
    [InlineData(null, "/no-such-group", "group_unknown")]
    [InlineData("no-such-organization", null, "organization_unknown")]
    public async Task What_can_not_be_granted_has_a_code_and_is_final_and_grants_nothing(string? organization, string? group, string code)
    {
        var account = new AccountId(await _keycloak.AddAccountAsync(AccountSeed.New(), Ct));
        var failure = await Should.ThrowAsync<IdentityProviderException>(() => Provider.GrantAsync(
            account, [new(null, "/members"), new(organization, group)], new InviteId(Guid.CreateVersion7()), Ct));
        failure.Code.ShouldBe(code);
        failure.IsTransient.ShouldBeFalse();
        (await Provider.FindAsync(account, Ct)).ShouldNotBeNull().Groups.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_address_is_to_be_confirmed_once()
    {
        var id = await _keycloak.AddAccountAsync(AccountSeed.New() with { AddressVerified = false }, Ct);
        await Provider.RequireVerificationAsync(new AccountId(id), Ct);
        await Provider.RequireVerificationAsync(new AccountId(id), Ct);
        (await _keycloak.Admin.GetAsync($"users/{id}", Ct))["requiredActions"]!.AsArray().Select(action => (string?)action).ShouldBe(["VERIFY_EMAIL"]);
        (await Provider.FindAsync(new AccountId(id), Ct)).ShouldNotBeNull().AddressVerified.ShouldBeFalse();
    }

    [Fact]
    public async Task To_have_nobodys_address_confirmed_is_final()
    {
        var failure = await Should.ThrowAsync<IdentityProviderException>(
            () => Provider.RequireVerificationAsync(new AccountId(Guid.NewGuid().ToString()), Ct));
        failure.Code.ShouldBe("account_unknown");
        failure.IsTransient.ShouldBeFalse();
    }

    [Theory]
    [InlineData(true, "approved", true)]
    [InlineData(false, "denied", false)]
    public async Task A_waiting_newcomer_is_decided_on_once(bool approve, string approval, bool enabled)
    {
        var account = new AccountId(await _keycloak.AddAccountAsync(
            AccountSeed.New() with { Attributes = Marks(new InviteId(Guid.CreateVersion7()), ("invite_approval", "pending")) }, Ct));
        await Provider.DecideAsync(account, approve, "by a test", Ct);
        await Provider.DecideAsync(account, approve, "by a test", Ct);
        var person = (await Provider.FindAsync(account, Ct)).ShouldNotBeNull();
        person.Approval.ShouldBe(approval);
        person.Enabled.ShouldBe(enabled);
    }

    [Fact]
    public async Task A_new_invited_account_is_denied_even_when_it_waits_for_nobody()
    {
        var account = new AccountId(await _keycloak.AddAccountAsync(AccountSeed.New() with { Attributes = Marks(new InviteId(Guid.CreateVersion7())) }, Ct));
        await Provider.DecideAsync(account, approve: false, "second account of one invite", Ct);
        var person = (await Provider.FindAsync(account, Ct)).ShouldNotBeNull();
        person.Approval.ShouldBe("denied");
        person.Enabled.ShouldBeFalse();
    }

    [Fact]
    public async Task An_account_that_came_without_an_invite_can_not_be_decided_on()
    {
        var account = new AccountId(await _keycloak.AddAccountAsync(AccountSeed.New(), Ct));
        var failure = await Should.ThrowAsync<IdentityProviderException>(() => Provider.DecideAsync(account, approve: false, null, Ct));
        failure.Code.ShouldBe("not_waiting");
        failure.IsTransient.ShouldBeFalse();
        (await Provider.FindAsync(account, Ct)).ShouldNotBeNull().Enabled.ShouldBeTrue();
    }

    [Fact]
    public async Task Deciding_on_nobody_is_final()
    {
        var failure = await Should.ThrowAsync<IdentityProviderException>(
            () => Provider.DecideAsync(new AccountId(Guid.NewGuid().ToString()), approve: true, null, Ct));
        failure.Code.ShouldBe("account_unknown");
        failure.IsTransient.ShouldBeFalse();
    }

    [Fact]
    public async Task A_wrong_client_secret_is_a_failure_that_may_heal()
    {
        await using var services = Build("wrong");
        var failure = await Should.ThrowAsync<IdentityProviderException>(
            () => services.GetRequiredService<IIdentityProvider>().FindAsync(new AccountId("x"), Ct));
        failure.Code.ShouldBe("token_http_401");
        failure.IsTransient.ShouldBeTrue();
    }

    private static Dictionary<string, string> Marks(InviteId invite, params (string Name, string Value)[] more) =>
        more.Append(("invite_id", invite.ToString())).ToDictionary(mark => mark.Item1, mark => mark.Item2);

    private ServiceProvider Build(string secret)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Keycloak:BaseUrl"] = _keycloak.BaseUrl,
            ["Keycloak:PublicUrl"] = _keycloak.BaseUrl,
            ["Keycloak:Realm"] = _keycloak.Realm,
            ["Keycloak:ClientSecret"] = secret,
            ["Keycloak:Timeout"] = "00:00:30",
        }).Build());
        services.AddSingleton(TimeProvider.System);
        services.AddKeycloak();
        return services.BuildServiceProvider();
    }
}

public sealed class StandInIdentityProviderTests(StandInKeycloak keycloak) : IdentityProviderContract(keycloak), IClassFixture<StandInKeycloak>;

[Collection(nameof(RealKeycloak))]
public sealed class RealIdentityProviderTests(RealKeycloak keycloak) : IdentityProviderContract(keycloak);

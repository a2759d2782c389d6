using System.Net;
using Companion.Foundation.Kernel;
using Companion.IntegrationTests.Adapters.Matrix;
using Companion.Journey.Onboarding;
using Companion.Journey.Registrations;

namespace Companion.IntegrationTests.Journey.Onboarding;

/// <summary>A denial ends what the account has in the chat, whoever made it and wherever.</summary>
public sealed class DenialTests(PostgresFixture postgres) : IAsyncLifetime
{
    private OnboardingScene _lab = null!;

    public async ValueTask InitializeAsync() => _lab = await OnboardingScene.StartAsync(postgres);

    public ValueTask DisposeAsync() => _lab.DisposeAsync();

    [Fact]
    public async Task Who_is_denied_in_the_admin_console_loses_the_session_in_the_chat()
    {
        var (account, login) = await SignedInAsync("waiting");
        await _lab.BeginAsync("waiting", awaitingApproval: true);
        Mark("waiting", "denied");

        await _lab.LaterAsync(TimeSpan.FromMinutes(20));
        await _lab.LaterAsync(TimeSpan.FromMinutes(20));

        (await _lab.Chat.SessionAsync(login)).ShouldBe(HttpStatusCode.Unauthorized);
        (await IsDeactivatedAsync(account)).ShouldBeTrue();
    }

    [Fact]
    public async Task A_second_account_of_an_invite_loses_the_session_in_the_chat()
    {
        var (account, login) = await SignedInAsync("second");

        await _lab.RunAsync((unit, _) =>
        {
            unit.Enqueue(DenyAccount.Deny, Guid.NewGuid(), new AccountLook(new InviteId(Guid.NewGuid()), new AccountId("second")));
            return Task.CompletedTask;
        });
        await _lab.WorkAsync();

        (await _lab.Chat.SessionAsync(login)).ShouldBe(HttpStatusCode.Unauthorized);
        (await IsDeactivatedAsync(account)).ShouldBeTrue();
    }

    [Fact]
    public async Task A_chat_account_that_comes_just_after_the_denial_is_shut_too()
    {
        _lab.Host.IdentityProvider.AddMember("late");
        Mark("late", "denied");
        await CloseAsync("late");
        await _lab.WorkAsync();
        var login = await _lab.Homeserver.RegisterAsync(ChatScene.Unique("late"), admin: false);
        await _lab.Chat.LinkAsync(login.UserId, "late");

        await _lab.LaterAsync(TimeSpan.FromMinutes(1));

        (await _lab.Chat.SessionAsync(login)).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Who_was_let_in_before_the_denial_took_effect_keeps_the_chat()
    {
        var (_, login) = await SignedInAsync("spared");
        Mark("spared", "approved");

        await CloseAsync("spared");
        await _lab.WorkAsync();

        (await _lab.Chat.SessionAsync(login)).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task What_an_account_that_was_deleted_had_in_the_chat_is_shut()
    {
        var (_, login) = await SignedInAsync("deleted");
        _lab.Host.IdentityProvider.Remove("deleted");

        await CloseAsync("deleted");
        await _lab.WorkAsync();

        (await _lab.Chat.SessionAsync(login)).ShouldBe(HttpStatusCode.Unauthorized);
    }

    private async Task<(string ChatAccount, ChatLogin Login)> SignedInAsync(string account)
    {
        _lab.Host.IdentityProvider.AddMember(account);
        Mark(account, "pending");
        var login = await _lab.Homeserver.RegisterAsync(ChatScene.Unique(account), admin: false);
        await _lab.Chat.LinkAsync(login.UserId, account);
        return (login.UserId, login);
    }

    private void Mark(string account, string approval) =>
        _lab.Host.IdentityProvider.Put(_lab.Host.IdentityProvider.People[new AccountId(account)] with { Approval = approval });

    private Task CloseAsync(string account) => _lab.RunAsync((unit, _) =>
    {
        unit.Enqueue(OnboardingOutbox.Closing, Guid.NewGuid(), new DeniedAccountDue(new AccountId(account)));
        return Task.CompletedTask;
    });

    private async Task<bool> IsDeactivatedAsync(string chatAccount) =>
        (await _lab.Chat.AdminAsync(HttpMethod.Get, $"v2/users/{ChatScene.Escape(chatAccount)}")).GetProperty("deactivated").GetBoolean();
}

using System.Collections.Concurrent;
using Companion.Community.Approvals;
using Companion.Community.Directory;
using Companion.Community.Inviters;
using Companion.Foundation.Kernel;
using Companion.Foundation.Store;
using Companion.IntegrationTests.Journey.Invites;
using Companion.Journey.Invites;
using Companion.Journey.Members;
using Companion.Oversight.Erasing;
using Companion.Tests.Journey.Invites;
using Microsoft.Extensions.DependencyInjection;

namespace Companion.IntegrationTests.Oversight.Erasing;

/// <summary>What goes by itself, Contacts:KeepAfterEnd after its end.</summary>
public sealed class RetentionTests(PostgresFixture postgres) : IAsyncLifetime
{
    private static readonly AccountId Newcomer = new("newcomer");

    private CompanionHost _host = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _host = await CompanionHost.StartAsync(postgres, _ => { });

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task What_was_written_about_a_decision_goes_with_the_contact()
    {
        var invite = await WaitingAsync(ApprovalSubject.Invite, null);
        await _host.DecideAsync(invite.Value, new RevokeInvite(new AccountId("alice")));
        await DecideAsync(invite, ApprovalSubject.Invite);
        await PassAsync(TimeSpan.FromDays(6));
        (await _host.FindTextAsync("canary")).ShouldBe(["companion.approval_note.text", "companion.contact.address"], ignoreOrder: true);

        await PassAsync(TimeSpan.FromDays(2));

        (await _host.FindTextAsync("canary")).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_a_newcomers_open_case_is_about_stays_until_the_decision_and_goes_with_the_reasons_after_it()
    {
        var invite = await WaitingAsync(ApprovalSubject.Newcomer, Newcomer);
        await _host.DecideAsync(invite.Value, SampleInvites.Claim(Newcomer), new RedeemInvite(Newcomer));
        await PassAsync(TimeSpan.FromDays(7));
        await PassAsync(TimeSpan.FromDays(30));
        (await _host.FindTextAsync("canary")).ShouldBe(["companion.approval_note.text", "companion.contact.address"], ignoreOrder: true);

        await DecideAsync(invite, ApprovalSubject.Newcomer);
        await PassAsync(TimeSpan.FromDays(6));
        (await _host.FindTextAsync("canary")).ShouldBe(["companion.approval_note.text", "companion.contact.address"], ignoreOrder: true);

        await PassAsync(TimeSpan.FromDays(1));
        (await _host.FindTextAsync("canary")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Where_nothing_is_kept_a_decision_can_still_be_told_for_a_day()
    {
        await _host.DisposeAsync();
        _host = await CompanionHost.StartAsync(postgres, settings => settings.Configuration["Contacts:KeepAfterEnd"] = "00:00:00");
        var invite = await WaitingAsync(ApprovalSubject.Newcomer, Newcomer);
        await _host.DecideAsync(invite.Value, SampleInvites.Claim(Newcomer), new RedeemInvite(Newcomer));
        await PassAsync(TimeSpan.FromDays(1));
        await DecideAsync(invite, ApprovalSubject.Newcomer);

        await PassAsync(TimeSpan.FromHours(23));
        (await _host.FindTextAsync("canary")).ShouldBe(["companion.approval_note.text", "companion.contact.address"], ignoreOrder: true);
        await PassAsync(TimeSpan.FromHours(1));
        (await _host.FindTextAsync("canary")).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_kept_of_an_account_that_is_gone_goes_after_it_stayed_gone()
    {
        _host.IdentityProvider.AddMember("gone");
        _host.IdentityProvider.AddMember("stays");
        foreach (var account in (string[])["gone", "stays"])
        {
            AccountId id = new(account);
            await _host.Services.GetRequiredService<Pictures>().SetAsync(id, JpegPicture.Read(SampleJpeg.Of(32, 32)).Value!, Ct);
            await RunAsync((unit, _) =>
            {
                ChatCodeTable.Add(unit, MemberId.Of(id), 1, new MatrixUserId($"@{account}:example.org"));
                return Task.CompletedTask;
            });
        }

        var worker = _host.Services.GetRequiredService<ForgetGoneAccounts>();
        _host.IdentityProvider.Remove("gone");
        await worker.RunOnceAsync(Ct);
        _host.Clock.Advance(TimeSpan.FromDays(6));
        await worker.RunOnceAsync(Ct);
        (await _host.CountAsync("companion.picture")).ShouldBe(2, "it may come back");

        _host.Clock.Advance(TimeSpan.FromDays(1));
        await worker.RunOnceAsync(Ct);

        (await _host.CountAsync("companion.picture", "account = 'gone'")).ShouldBe(0);
        (await _host.FindTextAsync("@gone:")).ShouldBeEmpty();
        (await _host.FindTextAsync("@stays:")).ShouldBe(["companion.chat_code.matrix_id"]);
        (await _host.CountAsync("companion.gone_account")).ShouldBe(0);
    }

    [Fact]
    public async Task An_account_that_was_away_by_mistake_loses_nothing()
    {
        _host.IdentityProvider.AddMember("anna");
        await _host.Services.GetRequiredService<Pictures>().SetAsync(new("anna"), JpegPicture.Read(SampleJpeg.Of(32, 32)).Value!, Ct);
        var worker = _host.Services.GetRequiredService<ForgetGoneAccounts>();
        _host.IdentityProvider.Remove("anna");
        await worker.RunOnceAsync(Ct);
        _host.Clock.Advance(TimeSpan.FromDays(3));
        _host.IdentityProvider.AddMember("anna");
        await worker.RunOnceAsync(Ct);
        _host.IdentityProvider.Remove("anna");
        _host.Clock.Advance(TimeSpan.FromDays(5));
        await worker.RunOnceAsync(Ct);

        (await _host.CountAsync("companion.picture", "jpeg is not null")).ShouldBe(1);
    }

    [Fact]
    public async Task Accounts_that_are_there_are_asked_for_together()
    {
        foreach (var account in Enumerable.Range(0, 20).Select(n => $"member-{n}"))
        {
            _host.IdentityProvider.AddMember(account);
            await GiveReasonAsync(new(account), "canary");
        }

        ConcurrentQueue<string> asked = new();
        _host.IdentityProvider.Before = method =>
        {
            asked.Enqueue(method);
            return Task.CompletedTask;
        };
        await _host.Services.GetRequiredService<ForgetGoneAccounts>().RunOnceAsync(Ct);

        asked.ShouldBe([nameof(IIdentityProvider.NamesAsync)]);
    }

    [Fact]
    public async Task A_look_that_fails_in_whatever_way_is_tried_again_a_day_later()
    {
        await GiveReasonAsync(new("gone"), "canary");
        var looks = 0;
        _host.IdentityProvider.Before = _ =>
        {
            Interlocked.Increment(ref looks);
            throw new ArgumentException("unexpected");
        };

        for (var day = 0; day < 3; day++)
        {
            var before = Volatile.Read(ref looks);
            _host.Clock.Advance(TimeSpan.FromDays(1));
            await Eventually.HoldsAsync(() => Volatile.Read(ref looks) > before);
        }
    }

    [Fact]
    public async Task Why_somebody_was_frozen_goes_with_the_account_though_nothing_else_is_kept_of_it()
    {
        _host.IdentityProvider.AddMember("stays");
        foreach (var account in (string[])["gone", "stays"])
        {
            await GiveReasonAsync(new(account), $"canary of {account}");
        }

        var worker = _host.Services.GetRequiredService<ForgetGoneAccounts>();
        await worker.RunOnceAsync(Ct);
        (await _host.CountAsync("companion.freeze_reason")).ShouldBe(2, "it may come back");
        _host.Clock.Advance(TimeSpan.FromDays(7));
        await worker.RunOnceAsync(Ct);

        (await _host.CountAsync("companion.freeze_reason", "account = 'gone'")).ShouldBe(0);
        (await _host.CountAsync("companion.freeze_reason")).ShouldBe(1);
        (await _host.CountAsync("companion.gone_account")).ShouldBe(0);
    }

    [Fact]
    public async Task That_an_account_is_gone_is_forgotten_when_nothing_is_kept_of_it()
    {
        await GiveReasonAsync(new("gone"), "canary");
        var worker = _host.Services.GetRequiredService<ForgetGoneAccounts>();
        await worker.RunOnceAsync(Ct);
        (await _host.CountAsync("companion.gone_account")).ShouldBe(1);

        await GiveReasonAsync(new("gone"), null);
        await worker.RunOnceAsync(Ct);

        (await _host.CountAsync("companion.gone_account")).ShouldBe(0);
    }

    /// <summary>Why the account's inviting is frozen.</summary>
    private Task GiveReasonAsync(AccountId account, string? reason) => RunAsync((unit, _) =>
    {
        FreezeReasons.Set(unit, account, reason);
        return Task.CompletedTask;
    });

    /// <summary>An invite to Canary with a decision about it that somebody wrote about.</summary>
    private async Task<InviteId> WaitingAsync(ApprovalSubject subject, AccountId? account)
    {
        InviteId invite = new(await _host.Member("alice").IssueOneAsync("canary@example.org"));
        ApprovalRequirement asked = new("strangers", "/moderators", 1, 1, null, DeadlineAction.Deny, null);
        await RunAsync(async (unit, ct) =>
        {
            var approval = ApprovalId.Of(invite, subject);
            await ApprovalStream.ChangeAsync(unit, approval, new RequestApproval(subject, invite, account, new("alice"), [asked]), ct);
            ApprovalNotes.Add(unit, approval, 1, new AccountId("moritz"), "I don't know Canary.");
        });
        return invite;
    }

    private Task DecideAsync(InviteId invite, ApprovalSubject subject) => RunAsync((unit, ct) =>
        ApprovalStream.ChangeAsync(unit, ApprovalId.Of(invite, subject), new DecideElsewhere(false, new AccountId("moritz")), ct));

    private async Task PassAsync(TimeSpan time)
    {
        await _host.RunOutboxAsync(Ct);
        _host.Clock.Advance(time);
        await _host.RunOutboxAsync(Ct);
    }

    private Task RunAsync(Func<UnitOfWork, CancellationToken, Task> work) =>
        _host.Services.GetRequiredService<Transactions>().RunAsync(Guid.NewGuid(), work, Ct);
}

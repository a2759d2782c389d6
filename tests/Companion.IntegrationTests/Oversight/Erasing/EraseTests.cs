using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Companion.Community.Approvals;
using Companion.Community.Contacts;
using Companion.Community.Directory;
using Companion.Community.Inviters;
using Companion.Community.Timeline;
using Companion.Foundation.Kernel;
using Companion.Foundation.Store;
using Companion.Host.CommandLine;
using Companion.IntegrationTests.Community.Messages;
using Companion.IntegrationTests.Journey.Invites;
using Companion.Journey.Invites;
using Companion.Journey.Members;
using Companion.Tests.Journey.Invites;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using static Companion.IntegrationTests.Journey.Invites.InviteApi;

namespace Companion.IntegrationTests.Oversight.Erasing;

/// <summary>`companion erase` beside a running companion.</summary>
public sealed class EraseTests(PostgresFixture postgres) : IAsyncLifetime
{
    private const string Address = "Canary@Example.org";

    private static readonly AccountId Newcomer = new("0d5b3c52-account");

    private readonly string _masterKey = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
    private CompanionHost _host = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() =>
        _host = await CompanionHost.StartAsync(postgres, settings => settings.Configuration["Security:MasterKey"] = _masterKey);

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData(" canary@EXAMPLE.org ")]
    [InlineData("CANARY@example.org")]
    public async Task Nothing_that_can_be_read_of_a_person_is_left_in_any_table_and_no_rebuild_brings_it_back(string spelling)
    {
        await LiveAsync();
        (await _host.FindTextAsync("canary")).ShouldBe(
            ["companion.approval_note.text", "companion.chat_code.matrix_id", "companion.contact.address", "companion.contact.answers",
             "companion.contact.message", "companion.contact.note", "companion.freeze_reason.reason"],
            ignoreOrder: true);
        var chain = _host.Services.GetRequiredService<TimelineChain>();
        await chain.SealAsync(Ct);
        var events = await _host.CountAsync("events.mt_events");

        var (code, output, _) = await EraseAsync(spelling);

        code.ShouldBe(ExitCode.Ok);
        output.ShouldContain("Erased: contacts 1, notes 3, chat accounts 1, pictures 1, stored answers 1. Invitations taken back: 0.");
        output.ShouldNotContain("canary", Case.Insensitive);
        (await _host.FindTextAsync("canary")).ShouldBeEmpty();
        (await _host.CountAsync("companion.contact", "num_nonnulls(message, note, answers) > 0")).ShouldBe(0);
        (await _host.CountAsync("companion.contact", "num_nonnulls(address, match_key, abuse_key) > 0")).ShouldBe(1, "the friend's");
        (await _host.CountAsync("companion.invite_details", "match_key is not null")).ShouldBe(1);
        (await _host.CountAsync("companion.picture", "jpeg is not null")).ShouldBe(0);
        (await _host.CountAsync("events.mt_events")).ShouldBe(events);
        (await chain.VerifyAsync(Ct)).Broken.ShouldBeNull();

        var rebuild = _host.Services.GetRequiredService<Rebuild>();
        await rebuild.StreamsAsync(Ct);
        await rebuild.TimelineAsync(Ct);
        (await _host.FindTextAsync("canary")).ShouldBeEmpty();
        (await _host.CountAsync("companion.invite_details", "match_key is not null")).ShouldBe(1);
        _host.LogLines.ShouldAllBe(line => !line.Contains("canary", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task A_picture_that_was_erased_is_taken_from_the_identity_provider_too()
    {
        await LiveAsync();
        await EraseAsync(Address);
        await _host.RunOutboxAsync(Ct);

        _host.IdentityProvider.Pictures.Last().ShouldBe((Newcomer, null));
    }

    [Fact]
    public async Task Long_after_the_contact_was_forgotten_the_account_of_the_address_leads_to_the_rest()
    {
        await LiveAsync();
        await _host.RunOutboxAsync(Ct);
        _host.Clock.Advance(TimeSpan.FromDays(60));
        await _host.RunOutboxAsync(Ct);
        (await _host.FindTextAsync("canary")).ShouldBe(["companion.chat_code.matrix_id", "companion.freeze_reason.reason"], ignoreOrder: true);

        var (code, output, _) = await EraseAsync(Address, "--json");

        code.ShouldBe(ExitCode.Ok);
        var report = JsonDocument.Parse(output).RootElement;
        (report.GetProperty("chatAccounts").GetInt32(), report.GetProperty("pictures").GetInt32(), report.GetProperty("account").GetString())
            .ShouldBe((1, 1, Newcomer.Value));
        (await _host.FindTextAsync("canary")).ShouldBeEmpty();
        (await _host.CountAsync("companion.contact", "abuse_key is not null")).ShouldBe(1, "the friend's");
    }

    [Fact]
    public async Task An_open_invitation_is_in_the_way_until_it_is_to_be_taken_back()
    {
        var invite = await _host.Member("alice").IssueOneAsync(Address);

        var (code, _, error) = await EraseAsync(Address);

        code.ShouldBe(ExitCode.Failed);
        error.ShouldContain("still open");
        error.ShouldContain("--revoke");
        (await _host.FindTextAsync("canary")).ShouldBe(["companion.contact.address"]);

        var revoked = JsonDocument.Parse((await EraseAsync(Address, "--revoke", "--json")).Output).RootElement;
        (revoked.GetProperty("revoked").GetInt32(), revoked.GetProperty("contacts").GetInt32()).ShouldBe((1, 1));
        (await _host.FindTextAsync("canary")).ShouldBeEmpty();
        (await _host.CountAsync("companion.invite_details", "status = 'revoked'")).ShouldBe(1);
        (await _host.CountAsync("companion.timeline_entry", "type = 'invite_revoked' and actor is null and kind = 'AdminEvent'")).ShouldBe(1);
        (await _host.ClientOf("alice").ReadAsync($"/api/v1/invites/{invite}")).GetProperty("contact").ValueKind.ShouldBe(JsonValueKind.Null);
        await _host.RunOutboxAsync(Ct);
        (await _host.FindTextAsync("canary")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_registration_under_way_is_let_end_first()
    {
        var invite = await _host.Member("alice").IssueOneAsync(Address);
        await _host.DecideAsync(invite, SampleInvites.Claim(Newcomer));

        var (code, _, error) = await EraseAsync(Address, "--revoke");

        code.ShouldBe(ExitCode.Failed);
        error.ShouldContain("registering");
        (await _host.FindTextAsync("canary")).ShouldBe(["companion.contact.address"]);
    }

    [Fact]
    public async Task Others_keep_what_is_theirs_and_the_suppression_stays_as_a_hash()
    {
        var alice = _host.Member("alice");
        await alice.IssueAsync(Row("other@example.org", "Ahoy"));
        await _host.Services.GetRequiredService<Transactions>().RunAsync(
            (unit, _) =>
            {
                _host.Services.GetRequiredService<SuppressionList>().Add(unit, EmailAddress.FromStored(Address));
                return Task.FromResult(true);
            },
            Ct);
        var invite = await alice.IssueOneAsync(Address);
        await _host.DecideAsync(invite, new RevokeInvite(new AccountId("alice")));

        (await EraseAsync(Address)).Output.ShouldContain("asked never to be written to again: that stays, as a keyed hash");

        (await _host.CountAsync("companion.contact", "address = 'other@example.org' and message = 'Ahoy'")).ShouldBe(1);
        (await _host.CountAsync("companion.suppression")).ShouldBe(1);
        (await EraseAsync(Address)).Output.ShouldContain("Nothing about this address was found.");
    }

    [Theory]
    [InlineData]
    [InlineData("no address")]
    [InlineData("a@example.org", "b@example.org")]
    public async Task What_is_no_address_is_wrong_usage(params string[] args) => (await EraseAsync(args)).Code.ShouldBe(ExitCode.Usage);

    [Fact]
    public async Task While_the_identity_provider_is_away_nothing_is_erased()
    {
        await LiveAsync();
        _host.IdentityProvider.Failure = new IdentityProviderException("unreachable", isTransient: true);

        var (code, _, error) = await EraseAsync(Address);

        code.ShouldBe(ExitCode.Failed);
        error.ShouldContain("identity provider");
        (await _host.FindTextAsync("canary")).ShouldNotBeEmpty();
    }

    /// <summary>Canary was invited with a message and a note, answered, was let in with reasons given, and has a chat account and a picture.</summary>
    private async Task LiveAsync()
    {
        var alice = _host.Member("alice");
        using var issued = await alice.PostInvitesAsync(
            new JsonObject { ["invites"] = new JsonArray(Row(Address, "Ahoy Canary Bird")), ["note"] = "Canary is my neighbour." }, "issue");
        InviteId invite = new((await issued.RowsAsync())[0].Id!.Value);
        await _host.DecideAsync(invite.Value, SampleInvites.Claim(Newcomer));
        await RunAsync(async (unit, ct) =>
        {
            var state = (await unit.LoadAsync(InviteStream.Type, invite.Value, ct)).State;
            ContactTable.Answer(unit, state.ContactId, new Dictionary<string, IReadOnlyList<string>> { ["introduction"] = ["I am Canary Bird."] });
            var approval = ApprovalId.Of(invite, ApprovalSubject.Newcomer);
            ApprovalRequirement asked = new("beginners", "/moderators", 1, 1, null, DeadlineAction.Deny, null);
            await ApprovalStream.ChangeAsync(
                unit, approval, new RequestApproval(ApprovalSubject.Newcomer, invite, Newcomer, state.Inviter, [asked]), ct);
            ApprovalNotes.Add(unit, approval, 1, new AccountId("moritz"), "Who is Canary?");
            ApprovalNotes.Add(unit, approval, 2, null, "Canary from next door.");
            ChatCodeTable.Add(unit, MemberId.Of(Newcomer), 1, new MatrixUserId("@canary:example.org"));
        });
        await RunAsync((unit, ct) => ApprovalStream.ChangeAsync(
            unit, ApprovalId.Of(invite, ApprovalSubject.Newcomer), new DecideElsewhere(true, new AccountId("moritz")), ct));
        await RunAsync((unit, ct) => MemberStream.ChangeAsync(unit, MemberId.Of(Newcomer), new RequestChatCode(Newcomer), ct));
        await RunAsync((unit, ct) => MemberStream.ChangeAsync(unit, MemberId.Of(Newcomer), new ConfirmChatCode(true), ct));
        await _host.DecideAsync(invite.Value, new RedeemInvite(Newcomer));
        _host.IdentityProvider.AddMember(Newcomer.Value, "canary@example.org", invite);
        await _host.Services.GetRequiredService<Pictures>().SetAsync(Newcomer, JpegPicture.Read(SampleJpeg.Of(64, 64)).Value!, Ct);
        await RunAsync((unit, _) =>
        {
            FreezeReasons.Set(unit, Newcomer, "Canary invites everybody.");
            return Task.CompletedTask;
        });
        (await _host.ClientOf(Newcomer.Value).PostInvitesAsync(new JsonObject { ["invites"] = new JsonArray(Row("friend@example.org")) }, "own")).Dispose();
    }

    private Task RunAsync(Func<UnitOfWork, CancellationToken, Task> work) =>
        _host.Services.GetRequiredService<Transactions>().RunAsync(Guid.NewGuid(), work, Ct);

    private async Task<(int Code, string Output, string Error)> EraseAsync(params string[] args)
    {
        await using var output = new StringWriter();
        await using var error = new StringWriter();
        var line = new CompanionCommandLine(output, error, builder =>
        {
            builder.Configuration.AddInMemoryCollection(
                [new("Database:ConnectionString", _host.ConnectionString), new("Security:MasterKey", _masterKey)]);
            builder.Services.Replace(ServiceDescriptor.Singleton<TimeProvider>(_host.Clock));
            builder.Services.RemoveAll<IIdentityProvider>().AddSingleton<IIdentityProvider>(_host.IdentityProvider);
        });
        return (await line.RunAsync(["erase", .. args]), output.ToString(), error.ToString());
    }
}

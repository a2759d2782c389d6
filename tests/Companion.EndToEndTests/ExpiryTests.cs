using Npgsql;
using Sandbox.Worlds;

namespace Companion.EndToEndTests;

public abstract class ExpiryTests(WorldFixture world) : WorldTest(world)
{
    [Fact]
    public async Task An_expired_link_says_so_and_one_button_gets_the_invitee_a_new_one()
    {
        var invited = await InviteAsync();
        var form = await invited.Invitee.ContinueAsync(invited.Link, Ct);
        await ExpireAsync(invited.Invite);

        var expired = await invited.Invitee.OpenAsync(invited.Link, Ct);
        expired.State.ShouldBe("expired");
        (await invited.Invitee.RegisterAsync(form, Ct)).Parameter("code").ShouldBeNull();
        (await AccountsOfAsync(invited)).ShouldBeEmpty();
        await ShouldBecomeAsync(invited, "expired");

        var before = World.Mail.Mails.Max(mail => mail.Number);
        var asked = await invited.Invitee.Browser.SubmitAsync(expired, "main > form", new Dictionary<string, string>(), Ct);
        asked.State.ShouldBe("asked");
        var notice = await World.Mail.WaitForAsync(World.Community.Alice.Email, Ct, mail => mail.Number > before);
        notice.Text.ShouldContain("asks for a new link");
        notice.Text.ShouldNotContain(invited.Invitee.Email);

        await invited.Alice.ResendAsync(invited.Invite, Ct);
        await RegisterAsync(invited with { Link = await invited.Invitee.ReceiveLinkAsync(Ct, afterMail: before) });
        await ShouldBecomeAsync(invited, "redeemed");
    }

    /// <summary>Moves the invitation's end, and the timer that goes with it, to a minute ago: no invitation lives shorter than an hour.</summary>
    private async Task ExpireAsync(string invite)
    {
        await using var source = NpgsqlDataSource.Create(World.Postgres.ConnectionString(Sandbox.Worlds.World.Database));
        await using var command = source.CreateCommand(
            """
            with over as (select now() - interval '1 minute' as at),
              state as (
                update events.mt_doc_invite set data = jsonb_set(data, '{ExpiresAt}', to_jsonb(over.at)) from over where id = $1),
              shown as (
                update companion.invite_details set expires_at = over.at from over where invite_id = $1)
            update companion.outbox_message set due_at = over.at from over where kind = 'invite_expiry' and stream_id = $1
            """);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = Guid.Parse(invite) });
        (await command.ExecuteNonQueryAsync(Ct)).ShouldBe(1);
    }
}

public sealed class RealExpiryTests(RealWorld world) : ExpiryTests(world);

[Trait("Run", "Nightly")]
public sealed class StandInExpiryTests(StandInWorld world) : ExpiryTests(world);

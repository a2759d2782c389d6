using Sandbox.Browsing;
using Sandbox.People;
using Sandbox.Worlds;

namespace Companion.EndToEndTests;

public abstract class RegistrationTests(WorldFixture world) : WorldTest(world)
{
    [Fact]
    public async Task Five_mistyped_passwords_and_then_a_good_one_make_one_account()
    {
        var invited = await InviteAsync();
        var page = await invited.Invitee.ContinueAsync(invited.Link, Ct);
        for (var attempt = 0; attempt < 5; attempt++)
        {
            page = await invited.Invitee.RegisterAsync(
                page, Ct, attempt % 2 == 0 ? new Dictionary<string, string> { ["password-confirm"] = "something else" } : Both("short"));

            page.Has("password").ShouldBeTrue($"the form comes again, it says: {page.Text}");
            page.Value("email").ShouldBe(invited.Invitee.Email);
            page.Value("firstName").ShouldBe("Anna");
            (await AccountsOfAsync(invited)).ShouldBeEmpty();
        }

        ShouldBeSignedIn(await invited.Invitee.RegisterAsync(page, Ct));
        await ShouldBeOnboardedAsync(invited);
    }

    [Fact]
    public async Task Twenty_registrations_at_once_on_one_link_make_exactly_one_account()
    {
        var invited = await InviteAsync();
        var before = await World.Admin.CountUsersAsync(Ct);
        var rivals = Enumerable.Range(1, 20)
            .Select(number => Use(new Invitee(World, invited.Invitee.Email, $"{invited.Invitee.Username}-{number}")))
            .ToArray();
        var forms = new List<Page>();
        foreach (var rival in rivals)
        {
            forms.Add(await rival.ContinueAsync(invited.Link, Ct));
        }

        var ends = await Task.WhenAll(rivals.Zip(forms, (rival, form) => rival.RegisterAsync(form, Ct)));

        ends.Count(end => end.Parameter("code") is not null).ShouldBe(1);
        (await World.Admin.CountUsersAsync(Ct)).ShouldBe(before + 1);
        await ShouldBeOnboardedAsync(invited);
    }

    [Fact]
    public async Task Another_address_in_the_form_does_not_count()
    {
        var invited = await InviteAsync();
        var form = await invited.Invitee.ContinueAsync(invited.Link, Ct);

        var page = await invited.Invitee.RegisterAsync(form, Ct, new Dictionary<string, string> { ["email"] = "mallory@example.org" });
        if (page.Has("password"))
        {
            page = await invited.Invitee.RegisterAsync(page, Ct);
        }

        ShouldBeSignedIn(page);
        await OnlyAccountAsync(invited);
        (await World.Admin.FindByEmailAsync("mallory@example.org", Ct)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Fields_that_the_form_does_not_have_change_nothing()
    {
        var invited = await InviteAsync();
        var other = await InviteAsync();
        var form = await invited.Invitee.ContinueAsync(invited.Link, Ct);

        ShouldBeSignedIn(await invited.Invitee.RegisterAsync(form, Ct, new Dictionary<string, string>
        {
            ["invite"] = "made-up",
            ["invite_id"] = other.Invite,
            ["invite_approval"] = "approved",
            ["attributes.invite_id"] = other.Invite,
            ["user.attributes.invite_id"] = other.Invite,
            ["groups"] = "/moderators",
            ["emailVerified"] = "true",
            ["enabled"] = "false",
        }));

        await ShouldBeOnboardedAsync(invited);
        (await other.Alice.StatusOfAsync(other.Invite, Ct)).ShouldBe("sent");
        (await World.Admin.FindByInviteAsync(other.Invite, Ct)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Someone_elses_invitation_gives_an_account_to_its_own_address_only()
    {
        var mallory = await InviteAsync();
        var victim = await InviteAsync();
        var form = await mallory.Invitee.ContinueAsync(mallory.Link, Ct);
        // A second tab of the same browser holds the other invitation.
        var otherForm = await mallory.Invitee.ContinueAsync(victim.Link, Ct);
        otherForm.Value("email").ShouldBe(victim.Invitee.Email);

        ShouldBeSignedIn(await mallory.Invitee.RegisterAsync(form, Ct, new Dictionary<string, string> { ["email"] = victim.Invitee.Email }));

        await OnlyAccountAsync(mallory);
        (await AccountsOfAsync(victim)).ShouldBeEmpty();
        await RegisterAsync(victim);
        await ShouldBeOnboardedAsync(victim);
    }

    private static Dictionary<string, string> Both(string password) => new() { ["password"] = password, ["password-confirm"] = password };
}

public sealed class RealRegistrationTests(RealWorld world) : RegistrationTests(world);

[Trait("Run", "Nightly")]
public sealed class StandInRegistrationTests(StandInWorld world) : RegistrationTests(world);

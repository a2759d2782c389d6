using Sandbox.Browsing;
using Sandbox.People;
using Sandbox.Worlds;

namespace Sandbox.Stories;

/// <summary>One step: what is done, and how; playing it returns what was seen.</summary>
public sealed record StoryStep(string Title, Func<CancellationToken, Task<string>> PlayAsync);

/// <summary>One invitation from end to end, played by people at the real servers. Steps build on each other.</summary>
public sealed class Story : IDisposable
{
    private readonly World _world;
    private Member? _alice;
    private string _invite = "";
    private string _link = "";
    private string _accountId = "";
    private Page? _form;

    public Story(World world, string email)
    {
        _world = world;
        Anna = new(world, email);
        Steps =
            [
                new("Alice signs in", SignInAsync),
                new("Alice invites Anna into an organisation, a group and three rooms", InviteAsync),
                new("The mail arrives", ReceiveAsync),
                new("Anna opens the link", OpenAsync),
                new("Anna goes on to Keycloak's registration form", ContinueAsync),
                new("Anna registers", RegisterAsync),
                new("There is one account, and it knows its invitation", FindAccountAsync),
                new("Anna is in the organisation and the group", SeeMembershipsAsync),
                new("Anna is in the rooms", SeeRoomsAsync),
                new("A welcome waits for Anna in the chat", SeeWelcomeAsync),
                new("Alice gets a mail that Anna has joined", SeeMailToInviterAsync),
                new("The timeline tells all of it", SeeTimelineAsync),
            ];
    }

    public IReadOnlyList<StoryStep> Steps { get; }

    public Invitee Anna { get; }

    public void Dispose()
    {
        _alice?.Dispose();
        Anna.Dispose();
    }

    private async Task<string> SignInAsync(CancellationToken cancellationToken)
    {
        _alice = await Member.SignInAsync(_world, _world.Community.Alice, cancellationToken);
        return "through Keycloak's login page";
    }

    private async Task<string> InviteAsync(CancellationToken cancellationToken)
    {
        var rooms = _world.Community.Rooms.Select(room => room.Id).ToArray();
        _invite = await _alice!.InviteAsync(
            new(Anna.Email, Community.Memberships, rooms, "Good to have you with us."), cancellationToken);
        return $"invite {_invite}";
    }

    private async Task<string> ReceiveAsync(CancellationToken cancellationToken)
    {
        _link = await Anna.ReceiveLinkAsync(cancellationToken);
        var mail = await _world.Mail.WaitForAsync(Anna.Email, cancellationToken);
        Expect.That(mail is { Encrypted: true, LoggedIn: true }, "the mail was handed over encrypted and after a login");
        Expect.That(mail.Text.Contains("Good to have you with us.", StringComparison.Ordinal), "the mail quotes the inviter's message");
        await Eventually.BeTrueAsync("Alice sees the invitation as sent", async () =>
            await _alice!.StatusOfAsync(_invite, cancellationToken) == "sent", cancellationToken);
        return $"\"{mail.Subject}\"";
    }

    private async Task<string> OpenAsync(CancellationToken cancellationToken)
    {
        var landing = await Anna.OpenAsync(_link, cancellationToken);
        Expect.That(landing.State == "good", $"the landing page offers the registration (it says: {landing.Text})");
        Expect.That(landing.Text.Contains(_world.Community.Alice.DisplayName, StringComparison.Ordinal), "the landing page names the inviter");
        return landing.Document.QuerySelector("h1")!.TextContent;
    }

    private async Task<string> ContinueAsync(CancellationToken cancellationToken)
    {
        _form = await Anna.ContinueAsync(_link, cancellationToken);
        Expect.That(_form.Has("email", "password"), $"Keycloak shows the registration form (it says: {_form.Text})");
        Expect.That(_form.Value("email") == Anna.Email, "the form shows the invited address");
        Expect.That(_form.Document.QuerySelector("[name='email']")!.HasAttribute("readonly"), "the address is locked");
        return new Uri(_form.Url).AbsolutePath;
    }

    private async Task<string> RegisterAsync(CancellationToken cancellationToken)
    {
        var end = await Anna.RegisterAsync(_form!, cancellationToken);
        Expect.That(end.Parameter("code") is not null, $"the registration ends signed in (the page says: {end.Text})");
        return $"user name {Anna.Username}";
    }

    private async Task<string> FindAccountAsync(CancellationToken cancellationToken)
    {
        var accounts = await _world.Admin.FindByEmailAsync(Anna.Email, cancellationToken);
        Expect.That(accounts.Count == 1, $"one account has the address (there are {accounts.Count})");
        _accountId = accounts[0].GetProperty("id").GetString()!;
        var marked = await _world.Admin.FindByInviteAsync(_invite, cancellationToken);
        Expect.That(marked.Count == 1 && marked[0].GetProperty("id").GetString() == _accountId, "the account carries the invite's mark");
        return $"account {_accountId}";
    }

    private async Task<string> SeeMembershipsAsync(CancellationToken cancellationToken)
    {
        var organizations = await _world.Admin.OrganizationsOfAsync(_accountId, cancellationToken);
        var groups = await _world.Admin.GroupsOfAsync(_accountId, cancellationToken);
        var office = await _world.Admin.OrganizationGroupsOfAsync(await _world.Admin.OrganizationIdAsync(Community.Organization, cancellationToken), _accountId, cancellationToken);
        Expect.That(organizations.SequenceEqual([Community.Organization]), "the account is in the organisation");
        Expect.That(groups.SequenceEqual([Community.Group]), "the account is in the group and in no other");
        Expect.That(office.SequenceEqual([Community.RoleGroup]), "the account is in the organisation's role group and in no other");
        return $"{Community.Organization} · {Community.RoleGroup}, {Community.Group}";
    }

    private async Task<string> SeeRoomsAsync(CancellationToken cancellationToken)
    {
        var user = await Eventually.SeeAsync("Anna's chat account", () => _world.Bot.FindByKeycloakAccountAsync(_accountId, cancellationToken), cancellationToken);
        await Eventually.BeTrueAsync("Anna is in the three rooms", async () =>
        {
            var memberships = await _world.Bot.MembershipsOfAsync(user, cancellationToken);
            return _world.Community.Rooms.All(room => memberships.GetValueOrDefault(room.Id) == "join");
        }, cancellationToken);
        return $"{string.Join(", ", _world.Community.Rooms.Select(room => room.Name))} as {user}";
    }

    private async Task<string> SeeWelcomeAsync(CancellationToken cancellationToken)
    {
        var user = (await _world.Bot.FindByKeycloakAccountAsync(_accountId, cancellationToken))!;
        var known = _world.Community.Rooms.Append(_world.Community.Space).Select(room => room.Id).ToArray();
        var texts = await Eventually.SeeAsync(
            "a direct message to Anna",
            async () =>
            {
                var rooms = await _world.Bot.SharedBesidesAsync(known, user, cancellationToken);
                Expect.That(rooms.Count <= 1, "there is one room for direct messages");
                var messages = rooms.Count == 0 ? [] : await _world.Bot.MessagesAsync(rooms[0], cancellationToken);
                return messages.Count == 0 ? null : messages;
            },
            cancellationToken);
        Expect.That(texts.Count == 1, "the welcome was said once");
        return $"\"{texts[0]}\"";
    }

    private async Task<string> SeeMailToInviterAsync(CancellationToken cancellationToken)
    {
        var address = _world.Community.Alice.Email;
        var mail = await Eventually.SeeAsync(
            "a mail to Alice that names Anna",
            () => Task.FromResult(_world.Mail.Mails.FirstOrDefault(mail => mail.Recipients.Contains(address) && mail.Text.Contains("Anna", StringComparison.Ordinal))),
            cancellationToken);
        return $"\"{mail.Subject}\"";
    }

    private async Task<string> SeeTimelineAsync(CancellationToken cancellationToken)
    {
        string[] expected = ["invite_issued", "invite_sent", "invite_claimed", "invite_redeemed", "onboarding_started", "room_joined", "onboarding_completed"];
        var lines = await Eventually.SeeAsync(
            "the onboarding's end on the timeline",
            async () =>
            {
                var found = await _alice!.TimelineOfAsync(_invite, cancellationToken);
                return found.Any(line => line.Type == expected[^1]) ? found : null;
            },
            cancellationToken);
        var firsts = expected.Select(type => lines.Select(line => line.Type).ToList().IndexOf(type)).ToArray();
        Expect.That(!firsts.Contains(-1) && firsts.SequenceEqual(firsts.Order()), $"the timeline has, in this order, {string.Join(", ", expected)}; it has {string.Join(", ", lines.Select(line => line.Type))}");
        return $"{lines.Count} entries";
    }
}

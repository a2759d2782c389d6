using System.Globalization;
using Sandbox.Browsing;
using Sandbox.People;
using Sandbox.Stories;
using Sandbox.Worlds;

namespace Sandbox.Chaos;

/// <summary>What a round's people were told; the ledger holds the product to it.</summary>
/// <param name="Failure">Why the round did not come to its end; null if it did.</param>
public sealed record Promise(int Round, Ending Ending, string Address, string? InviteId, string? Failure);

/// <summary>One invitation with faults around it, played by people who try again until they are served.</summary>
internal sealed class Round(World world, RoundPlan plan, FaultInjector injector) : IDisposable
{
    // Who has no mail after this time asks for another one.
    private static readonly TimeSpan MailPatience = TimeSpan.FromSeconds(2);
    private readonly string _name = string.Create(CultureInfo.InvariantCulture, $"round{plan.Number}");
    private readonly List<Invitee> _people = [];
    private Member _alice = null!;
    private int _registered;
    private string? _invite;

    private string Address => $"{_name}@example.org";

    private string Invite => _invite ?? throw new InvalidOperationException("nobody is invited yet");

    public async Task<Promise> PlayAsync(CancellationToken cancellationToken)
    {
        string? failure = null;
        try
        {
            await PlayToTheEndAsync(cancellationToken);
        }
        catch (SandboxException lost)
        {
            failure = lost.Message;
        }

        return new(plan.Number, plan.Ending, Address, _invite, failure);
    }

    public void Dispose()
    {
        _alice?.Dispose();
        _people.ForEach(person => person.Dispose());
    }

    private async Task PlayToTheEndAsync(CancellationToken cancellationToken)
    {
        _alice = await Patiently.GetAsync<Member>(
            "Alice signs in", async ct => await Member.SignInAsync(world, world.Community.Alice, ct), cancellationToken);
        await InviteAsync(cancellationToken);
        var anna = Person(_name);
        var form = await OpenAsync(anna, cancellationToken);
        injector.Begin(plan, Moment.Register, cancellationToken);
        switch (plan.Ending)
        {
            case Ending.Registered:
                await RegisterAsync(anna, form, cancellationToken);
                break;
            case Ending.Contested:
                await CompeteAsync(anna, form, cancellationToken);
                break;
            case Ending.Revoked:
                await RevokeAsync(anna, form, cancellationToken);
                return;
        }

        injector.Begin(plan, Moment.Onboard, cancellationToken);
        await Patiently.GetAsync(
            "the onboarding's end on the timeline",
            async ct => (await _alice.TimelineOfAsync(Invite, ct)).FirstOrDefault(line => line.Type == "onboarding_completed"),
            cancellationToken);
    }

    private async Task InviteAsync(CancellationToken cancellationToken)
    {
        injector.Begin(plan, Moment.Invite, cancellationToken);
        var invitation = new Invitation(
            Address, Community.Memberships, [.. world.Community.Rooms.Select(room => room.Id)]);
        var key = Secrets.New();
        _invite = await Patiently.GetAsync<string>(
            "Alice's invitation is taken", async ct => await _alice.InviteAsync(invitation, ct, key), cancellationToken);
    }

    private async Task<Page> OpenAsync(Invitee person, CancellationToken cancellationToken)
    {
        await ReceiveAsync(cancellationToken);
        injector.Begin(plan, Moment.Open, cancellationToken);
        return await Patiently.GetAsync<Page>("the registration form", async ct => await ContinueAsync(person, ct), cancellationToken);
    }

    /// <summary>Waits for a mail. One whose fate is unknown may have been lost: then Alice sends another.</summary>
    private async Task ReceiveAsync(CancellationToken cancellationToken)
    {
        var (key, since) = (Secrets.New(), TimeProvider.System.GetTimestamp());
        await Patiently.GetAsync(
            "an invitation by mail",
            async ct =>
            {
                if (Links().FirstOrDefault() is { } link)
                {
                    return link;
                }

                if (TimeProvider.System.GetElapsedTime(since) > MailPatience && await _alice.StatusOfAsync(Invite, ct) == "delivery_unknown")
                {
                    await _alice.ResendAsync(Invite, ct, key);
                    (key, since) = (Secrets.New(), TimeProvider.System.GetTimestamp());
                }

                return null;
            },
            cancellationToken);
    }

    /// <summary>Links that have come, the newest first; mails may overtake each other.</summary>
    private IEnumerable<string> Links() => world.Mail.Mails.Where(mail => mail.Recipients.Contains(Address)).Reverse().Select(Invitee.LinkIn);

    private async Task<Page> ContinueAsync(Invitee person, CancellationToken cancellationToken)
    {
        Page? page = null;
        foreach (var link in Links())
        {
            page = await person.ContinueAsync(link, cancellationToken);
            if (page.Has("email", "password"))
            {
                return page;
            }
        }

        throw Unexpected(page!);
    }

    /// <summary>Tries until this person or a rival has an account.</summary>
    private async Task RegisterAsync(Invitee person, Page form, CancellationToken cancellationToken)
    {
        var open = form;
        await Patiently.DoAsync(
            "the registration",
            async ct =>
            {
                if (_registered > 0)
                {
                    return;
                }

                var current = open ?? await ContinueAsync(person, ct);
                open = null; // one form, one try
                var answer = await person.RegisterAsync(current, ct);
                if (answer.Parameter("code") is null)
                {
                    throw Unexpected(answer);
                }

                Interlocked.Increment(ref _registered);
            },
            cancellationToken);
    }

    private async Task CompeteAsync(Invitee anna, Page form, CancellationToken cancellationToken)
    {
        var rival = Person($"{_name}-rival");
        var second = await Patiently.GetAsync<Page>("a second registration form", async ct => await ContinueAsync(rival, ct), cancellationToken);
        await Task.WhenAll(RegisterAsync(anna, form, cancellationToken), RegisterAsync(rival, second, cancellationToken));
        Expect.That(_registered == 1, "of two people with one link one registers");
    }

    private async Task RevokeAsync(Invitee anna, Page form, CancellationToken cancellationToken)
    {
        await Patiently.DoAsync("Alice takes the invitation back", ct => _alice.RevokeAsync(Invite, ct), cancellationToken);
        var answer = await anna.RegisterAsync(form, cancellationToken);
        Expect.That(answer.Parameter("code") is null, "nobody registers with an invitation that was taken back");
    }

    private Invitee Person(string username)
    {
        var person = new Invitee(world, Address, username);
        _people.Add(person);
        return person;
    }

    private static SandboxException Unexpected(Page page) => new($"{new Uri(page.Url).AbsolutePath} ({(int)page.Status}) says: {page.Text}");
}

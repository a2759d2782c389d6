using StandIns.Homeserver;
using StandIns.IdentityProvider;
using StandIns.Mail;
using StandIns.Relay;

namespace Sandbox.Chaos;

/// <summary>What becomes of a round's invitation if the product keeps its promises.</summary>
public enum Ending
{
    /// <summary>The invited person registers.</summary>
    Registered,

    /// <summary>Two people register with one link at the same time: one of them gets an account.</summary>
    Contested,

    /// <summary>The inviter takes it back while the form is open, which is then filled in.</summary>
    Revoked,
}

/// <summary>A step of a round, at whose beginning faults are set off.</summary>
internal enum Moment
{
    Invite,
    Open,
    Register,
    Onboard,
}

/// <param name="After">From the beginning of the step.</param>
internal sealed record RoundFault(Moment Moment, TimeSpan After, Fault Fault);

/// <summary>One round, decided by a seed: the same seed plays the same faults.</summary>
/// <param name="Number">From 1.</param>
internal sealed record RoundPlan(int Number, Ending Ending, IReadOnlyList<RoundFault> Faults)
{
    /// <summary>Companions that faults can hit.</summary>
    public const int Companions = 2;

    private const int LongestDelay = 800; // milliseconds
    private const int LongestFreeze = 9_000; // longer than the outbox's lease and the webhooks' time limit
    private const int SeedStride = 1_000_003; // rounds of neighbouring seeds share nothing

    private static readonly (int Weight, Func<Random, Fault> Make)[] Kinds =
        [
            (7, random => new Fault.Kill(random.Next(Companions))),
            (8, random => new Fault.Freeze(random.Next(Companions), TimeSpan.FromMilliseconds(random.Next(200, LongestFreeze)))),
            (2, random => new Fault.RestartDatabase(Crash: random.Next(2) == 0)),
            (15, random => new Fault.CutCommit((CommitCut)random.Next(3))),
            (24, random => new Fault.Webhook(OneOf(random, "inspect", "claim", "claim", "registered", "release"), (WebhookFault)random.Next(3))),
            (9, random => new Fault.Provider("GET", "/users", OneOf<RequestFault>(
                random, new RequestFault.Down(), new RequestFault.Status(503), new RequestFault.LostAnswer()))),
            (12, random => new Fault.Mail(MailPoint.AfterMessage, OneOf<MailFault>(random, new MailFault.Silence(), new MailFault.Drop()))),
            (1, _ => new Fault.Mail(MailPoint.Recipient, new MailFault.Reply(451, "4.3.0 Try again later"))),
            (22, MakeChatFault),
        ];

    public static RoundPlan Of(int seed, int number)
    {
        var random = new Random(unchecked((seed * SeedStride) + number));
        var ending = random.Next(10) switch
        {
            0 => Ending.Revoked,
            < 3 => Ending.Contested,
            _ => Ending.Registered,
        };
        return new(number, ending, [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => MakeFault(random))]);
    }

    private static RoundFault MakeFault(Random random)
    {
        var (moment, after) = ((Moment)random.Next(4), TimeSpan.FromMilliseconds(random.Next(LongestDelay)));
        var roll = random.Next(Kinds.Sum(kind => kind.Weight));
        foreach (var (weight, make) in Kinds)
        {
            if ((roll -= weight) < 0)
            {
                return new(moment, after, make(random));
            }
        }

        throw new InvalidOperationException("the weights add up to more than their sum");
    }

    private static Fault MakeChatFault(Random random)
    {
        var (method, part) = OneOf(
            random, ("GET", "/auth_providers/"), ("PUT", "/v2/users/"), ("GET", "/memberships"), ("POST", "/v1/join/"), ("POST", "/createRoom"), ("PUT", "/send/"));
        return new Fault.Chat(method, part, (HomeserverFault)random.Next(3));
    }

    private static T OneOf<T>(Random random, params ReadOnlySpan<T> choices) => choices[random.Next(choices.Length)];
}

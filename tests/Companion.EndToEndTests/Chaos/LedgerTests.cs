using Sandbox.Chaos;
using Sandbox.Worlds;

namespace Companion.EndToEndTests.Chaos;

/// <summary>A ledger is worth something only if it notices: each planted breach is found by the line that is there for it, and by no other.</summary>
public sealed class LedgerTests
{
    private const string Inviter = "alice@harbour.example";

    private static readonly Promise Kept = new(1, Ending.Registered, "anna@example.org", "i1", null);
    private static readonly InviteFact Invite = new("i1", Issued: 1, ["a1"], Contested: 0, Revoked: 0, UnknownMails: 0, Completed: 1, OnTimeline: 1);
    private static readonly AccountFact Account = new("a1", "anna@example.org", "i1", [Community.Group], [Community.Organization], Ledger.InvitedRooms, 1);
    private static readonly MailFact Mail = new("anna@example.org", "m1");
    private static readonly MailFact Notice = new(Inviter, "m2");
    private static readonly LedgerFacts Good = new([Kept], [Invite], [Account], [Mail, Notice], Inviter, 0, 9, []);

    public static TheoryData<string, LedgerFacts> Breaches { get; } = new()
    {
        { "every round came to its end", Good with { Promises = [Kept with { Failure = "Waited in vain." }] } },
        { "no invite is lost or made twice", Good with { Promises = [Kept, new(2, Ending.Registered, "b@example.org", null, null)] } },
        { "no invite is lost or made twice", Good with { Promises = [Kept, new(2, Ending.Registered, "b@example.org", "i2", null)] } },
        { "no invite is lost or made twice", Good with { Invites = [Invite with { Issued = 2 }] } },
        { "no invite is lost or made twice", Good with { Invites = [Invite with { Completed = 0 }] } },
        { "no invite is lost or made twice", Good with { Invites = [Invite with { Completed = 2 }] } },
        { "no invite is lost or made twice", Good with { Promises = [Kept with { Ending = Ending.Revoked }] } },
        { "no invite is lost or made twice", Good with { Promises = [Kept with { Ending = Ending.Revoked }], Invites = [Invite with { Revoked = 1 }] } },
        {
            "no invite is lost or made twice",
            Good with { Invites = [Invite with { RedeemedBy = [], OnTimeline = 0 }], Accounts = [], Mails = [Mail] }
        },
        { "nobody was invited whom nobody asked for", Good with { Invites = [Invite, Invite with { Id = "i2", RedeemedBy = [], OnTimeline = 0 }] } },
        { "no invite is redeemed twice", Good with { Invites = [Invite with { RedeemedBy = ["a1", "a1"], OnTimeline = 2 }], UnknownNotices = 1 } },
        { "no invite is redeemed twice", Good with { Invites = [Invite with { Contested = 1 }] } },
        { "no account without an invite that it redeemed", Good with { Accounts = [Account, Account with { Id = "a2", InviteId = null }] } },
        { "no account without an invite that it redeemed", Good with { Accounts = [Account, Account with { Id = "a2" }] } },
        { "no account without an invite that it redeemed", Good with { Accounts = [Account with { Address = "other@example.org" }] } },
        { "every account is where it was invited to", Good with { Accounts = [Account with { Groups = [] }] } },
        { "every account is where it was invited to", Good with { Accounts = [Account with { Organizations = [] }] } },
        { "every account is where it was invited to", Good with { Accounts = [Account with { Rooms = 2 }] } },
        { "every account is where it was invited to", Good with { Accounts = [Account with { Welcomes = 2 }] } },
        { "no mail twice", Good with { Mails = [Mail, Mail, Notice], Invites = [Invite with { UnknownMails = 1 }] } },
        { "one mail per invite, and one for each whose fate is unknown", Good with { Mails = [Mail, Mail with { MessageId = "m3" }, Notice] } },
        { "every inviter was told, once", Good with { Mails = [Mail] } },
        { "every inviter was told, once", Good with { Mails = [Mail, Notice, Notice with { MessageId = "m3" }] } },
        { "the timeline has every redemption once", Good with { Invites = [Invite with { OnTimeline = 2 }] } },
        { "nothing was given up", Good with { GivenUp = ["onboarding_room: 500"] } },
    };

    [Fact]
    public void Kept_promises_break_no_line() => Broken(Good).ShouldBeEmpty();

    [Fact]
    public void A_mail_of_unknown_fate_may_have_been_replaced_or_lost()
    {
        Broken(Good with { Mails = [Mail, Mail with { MessageId = "m3" }, Notice], Invites = [Invite with { UnknownMails = 1 }] }).ShouldBeEmpty();
        Broken(Good with { Mails = [Mail], UnknownNotices = 1 }).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Breaches))]
    public void A_breach_is_found_by_its_own_line(string line, LedgerFacts facts) => Broken(facts).ShouldBe([line]);

    private static IEnumerable<string> Broken(LedgerFacts facts) =>
        Ledger.Check(facts).Where(line => line.Violations.Count > 0).Select(line => line.Rule);
}

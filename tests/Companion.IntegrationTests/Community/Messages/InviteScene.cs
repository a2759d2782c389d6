using Companion.Community.Contacts;
using Companion.Foundation.Kernel;
using Companion.Foundation.Store;
using Companion.Journey.Invites;
using Microsoft.Extensions.DependencyInjection;
using StandIns.Mail;

namespace Companion.IntegrationTests.Community.Messages;

/// <summary>Puts invites into a companion's store as if members had issued them.</summary>
internal static class InviteScene
{
    public const string Inviter = "alice";

    /// <summary>A companion that mails through this sink, with a member Alice Ahlers.</summary>
    public static async Task<CompanionHost> StartAsync(
        PostgresFixture postgres, MailSink? sink, Action<CompanionHostSettings>? configure = null)
    {
        var host = await CompanionHost.StartAsync(postgres, settings =>
        {
            if (sink is not null)
            {
                settings.Configuration["Mail:Host"] = "127.0.0.1";
                settings.Configuration["Mail:Port"] = sink.Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
                settings.Configuration["Mail:From"] = "invitations@harbour.example";
                settings.Configuration["Mail:Security"] = "None";
            }

            settings.Configuration["Directory:Groups:0:Path"] = "/members";
            settings.Configuration["Directory:Groups:0:InvitedBy:0"] = "/members";
            configure?.Invoke(settings);
        });
        host.IdentityProvider.Put(host.IdentityProvider.AddMember(Inviter) with { DisplayName = "Alice Ahlers" });
        return host;
    }

    public static async Task<InviteId> IssueAsync(
        this CompanionHost host, string address, string? message = null, string language = "en", int rooms = 0)
    {
        var now = host.Services.GetRequiredService<TimeProvider>().GetUtcNow();
        var (invite, contact) = (new InviteId(Guid.CreateVersion7(now)), new ContactId(Guid.CreateVersion7(now)));
        var keys = host.Services.GetRequiredService<ContactKeys>();
        await host.RunAsync((unit, _) =>
        {
            var mailbox = EmailAddress.FromStored(address);
            ContactTable.Add(unit, new Contact(contact, mailbox, message), keys.Match(mailbox), keys.Abuse(mailbox));
            unit.Append(InviteStream.Type, new Loaded<Invite>(invite.Value, Invite.Initial, 0), [new InviteIssued(
                invite,
                new AccountId(Inviter),
                contact,
                [new Membership(null, "/members")],
                [.. Enumerable.Range(0, rooms).Select(room => new RoomId($"!{room}:example.org"))],
                language,
                now.AddDays(14),
                now)]);
            return Task.FromResult(true);
        });
        return invite;
    }

    /// <summary>Appends what happened to the invite.</summary>
    public static Task HappenAsync(this CompanionHost host, InviteId invite, Func<Invite, DateTimeOffset, InviteEvent> @event) =>
        host.RunAsync(async (unit, ct) =>
        {
            var stream = await unit.LoadAsync(InviteStream.Type, invite.Value, ct);
            unit.Append(InviteStream.Type, stream, [@event(stream.State, unit.Now)]);
            return true;
        });

    public static Task<Invite> ReadAsync(this CompanionHost host, InviteId invite) =>
        host.RunAsync(async (unit, ct) => (await unit.LoadAsync(InviteStream.Type, invite.Value, ct)).State);

    public static Task<T> RunAsync<T>(this CompanionHost host, Func<UnitOfWork, CancellationToken, Task<T>> work) =>
        host.Services.GetRequiredService<Transactions>().RunAsync(Guid.NewGuid(), work, TestContext.Current.CancellationToken);

    /// <summary>The link in a mail's text.</summary>
    public static string LinkIn(string text) =>
        text.Split("\r\n").Single(line => line.StartsWith("https://companion.example.org/i#", StringComparison.Ordinal));

    public static string TokenIn(string text) => LinkIn(text)[(LinkIn(text).IndexOf('#', StringComparison.Ordinal) + 1)..];
}

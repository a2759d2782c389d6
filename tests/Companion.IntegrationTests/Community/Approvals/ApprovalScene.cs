using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Companion.Foundation.Kernel;
using Companion.IntegrationTests.Community.Messages;
using Companion.IntegrationTests.Journey.Invites;
using Companion.Journey.Members;
using StandIns.Mail;

namespace Companion.IntegrationTests.Community.Approvals;

/// <summary>
/// A community in which moderators look at invitations to strangers, one of them within three days, and two of three at those of
/// members who are flagged. Alice invites; Moritz, Mona and Max decide.
/// </summary>
internal sealed class ApprovalScene : IAsyncDisposable
{
    /// <summary>An address that a rule minds.</summary>
    public const string Stranger = "anna@stranger.example";

    private ApprovalScene(CompanionHost host, MailSink sink)
    {
        Host = host;
        Sink = sink;
        Alice = host.ClientOf(InviteScene.Inviter);
    }

    public CompanionHost Host { get; }

    public MailSink Sink { get; }

    public HttpClient Alice { get; }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<ApprovalScene> StartAsync(PostgresFixture postgres)
    {
        var sink = MailSink.Start();
        var host = await InviteScene.StartAsync(postgres, sink, settings =>
        {
            foreach (var (key, value) in new[]
            {
                ("Rules:0:Name", "strangers"),
                ("Rules:0:Approvers", "/moderators"),
                ("Rules:0:When:DomainsNot:0", "example.org"),
                ("Rules:0:Sentence:en", "A moderator looks at addresses of other organisations"),
                ("Rules:0:Sentence:de", "Die Moderation sieht sich Adressen anderer Organisationen an"),
                ("Rules:0:Deadline", "3.00:00:00"),
                ("Rules:1:Name", "flagged"),
                ("Rules:1:Approvers", "/moderators"),
                ("Rules:1:When:Flagged", "true"),
                ("Rules:1:Needed", "2"),
                ("Rules:1:Panel", "3"),
            })
            {
                settings.Configuration[$"Approvals:{key}"] = value;
            }
        });
        ApprovalScene scene = new(host, sink);
        foreach (var moderator in (string[])["moritz", "mona", "max"])
        {
            scene.AddModerator(moderator);
        }

        return scene;
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await Sink.DisposeAsync();
    }

    public void AddModerator(string account)
    {
        var person = Host.IdentityProvider.People.GetValueOrDefault(new AccountId(account)) ?? Host.IdentityProvider.AddMember(account);
        Host.IdentityProvider.Put(person with
        {
            Memberships = new HashSet<Membership> { new(null, "/members"), new(null, "/moderators") },
        });
    }

    public Task FlagAsync() => Host.RunAsync(async (unit, ct) =>
        await MemberStream.ChangeAsync(
            unit,
            MemberId.Of(new AccountId(InviteScene.Inviter)),
            new FlagMember(new AccountId(InviteScene.Inviter), true, new AccountId("moritz")),
            ct));

    public async Task<IReadOnlyList<JsonElement>> QueueAsync() =>
        [.. (await Host.ClientOf("moritz", moderator: true).ReadAsync("/api/v1/approvals")).GetProperty("approvals").EnumerateArray()];

    public async Task<string?> StatusAsync(Guid invite) => (await Alice.ReadAsync($"/api/v1/invites/{invite}")).GetProperty("status").GetString();

    public async Task<IReadOnlyList<string>> TimelineAsync(Guid invite) =>
    [
        .. (await Host.ClientOf("moritz", moderator: true).ReadAsync($"/api/v1/timeline?invite={invite}&limit=100")).GetProperty("entries").EnumerateArray()
            .Select(entry => entry.GetProperty("type").GetString() + (entry.GetProperty("type").GetString()!.StartsWith("approval_", StringComparison.Ordinal)
                && entry.GetProperty("actor").GetString() is { } actor ? $" by {actor}" : ""))
            .Reverse(),
    ];

    public async Task<bool> FindInEventsAsync(string text) =>
        (await Host.CountAsync("events.mt_events", $"data::text like '%{text}%' and type like 'approval%'")) > 0;

    public async Task<JsonElement> ActAsync(string moderator, JsonElement approval, string act, string? note = null)
    {
        using var answer = await PostAsync(moderator, approval, act, note);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync(Ct));
        return await answer.Content.ReadFromJsonAsync<JsonElement>(Ct);
    }

    public async Task<(HttpStatusCode Status, string? Code)> RefusedAsync(string who, JsonElement approval, string act, string? note = null)
    {
        using var answer = await PostAsync(who, approval, act, note);
        return (answer.StatusCode, await answer.CodeAsync(Ct));
    }

    public Task<HttpResponseMessage> PostAsync(string who, JsonElement approval, string act, string? note) =>
        Host.ClientOf(who, moderator: true).PostTextAsync(
            $"/api/v1/approvals/{approval.GetProperty("id").GetGuid()}/{act}", JsonSerializer.Serialize(new { note }));
}

using System.Text.Json;
using Companion.Community.Approvals;
using Companion.Community.Directory;
using Companion.Host.CommandLine;
using Companion.IntegrationTests.Community.Approvals;
using Companion.IntegrationTests.Community.Messages;
using Companion.IntegrationTests.Journey.Invites;
using Companion.Oversight.Moderation;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Companion.IntegrationTests.Oversight.Moderation;

public sealed class TryPolicyTests(PostgresFixture postgres) : IAsyncLifetime
{
    private const string Newer =
        """
        { "Approvals": { "Rules": [
          { "Name": "strangers", "Approvers": "/moderators", "When": { "Domains": [ ".example" ], "BroughtBelow": 1 } },
          { "Name": "busy", "Approvers": "/moderators", "When": { "OpenInvitesAtLeast": 2 } } ] } }
        """;

    private ApprovalScene _scene = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private IReadOnlyList<ApprovalRule> Current => _scene.Host.Services.GetRequiredService<IOptions<ApprovalOptions>>().Value.Rules;

    public async ValueTask InitializeAsync() => _scene = await ApprovalScene.StartAsync(postgres);

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task The_rules_that_were_in_force_would_have_changed_nothing()
    {
        await StoryAsync();
        var trial = await TryAsync(Current);
        (trial.Cases, trial.Unknown, trial.Held, trial.Freed).ShouldBe((5, 0, 0, 0));
        trial.Changed.ShouldBeEmpty();
        trial.Rules.ShouldBe([new RuleTrial("strangers", 2, 2), new RuleTrial("flagged", 1, 1)]);
    }

    [Fact]
    public async Task Other_rules_name_every_case_that_would_have_gone_otherwise()
    {
        var (first, second, third, fourth) = await StoryAsync();
        var (code, output, _) = await RunAsync(Newer, "--json");
        code.ShouldBe(ExitCode.Ok);
        var trial = JsonDocument.Parse(output).RootElement;
        (trial.GetProperty("held").GetInt32(), trial.GetProperty("freed").GetInt32()).ShouldBe((0, 0));
        trial.GetProperty("changed").EnumerateArray().ToDictionary(one => one.GetProperty("inviteId").GetGuid(), one => Names(one, "now"))
            .ShouldBe(new Dictionary<Guid, string> { [third] = "strangers, busy", [fourth] = "busy" }, ignoreOrder: true);
        (await RunAsync(Newer)).Output.ShouldContain($"{third}  inviter {InviteScene.Inviter}  then: strangers  now: strangers, busy");
        new[] { first, second }.ShouldAllBe(id => !output.Contains(id.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_can_not_be_judged_any_more_is_counted_and_not_guessed()
    {
        await StoryAsync();
        _scene.Host.IdentityProvider.Remove(InviteScene.Inviter);
        _scene.Host.Clock.Advance(TimeSpan.FromHours(1));
        var trial = await TryAsync(Current);
        (trial.Cases, trial.Unknown).ShouldBe((0, 5));
    }

    [Theory]
    [InlineData("{ \"Approvals\": { \"Rules\": [ { \"Name\": \"x\" } ] } }", "Approvers must be the path of a group")]
    [InlineData("{ \"Approvals\": ", "policy.json is no JSON file")]
    [InlineData("{ \"Approvals\": { \"Rules\": [ { \"Name\": \"x\", \"Approvers\": \"/m\", \"Needed\": \"two\" } ] } }", "Approvals:Rules:0:Needed")]
    [InlineData("{ \"Approvals\": { \"Rules\": [ { \"Name\": \"x\", \"Approver\": \"/m\" } ] } }", "Approver")]
    public async Task A_file_that_holds_no_rules_is_refused(string file, string sentence)
    {
        var (code, _, error) = await RunAsync(file);
        code.ShouldBe(ExitCode.Configuration);
        error.ShouldContain(sentence);
    }

    /// <summary>One goes at once; one waits and is withdrawn; one waits; the last is a flagged member's.</summary>
    private async Task<(Guid First, Guid Second, Guid Third, Guid Fourth)> StoryAsync()
    {
        var first = await _scene.Alice.IssueOneAsync("ben@example.org");
        var second = await _scene.Alice.IssueOneAsync(ApprovalScene.Stranger);
        (await _scene.Alice.PostTextAsync($"/api/v1/invites/{second}/revoke", "")).Dispose();
        await _scene.Host.RunOutboxAsync(Ct);
        await _scene.Alice.IssueOneAsync("carl@example.org");
        var third = await _scene.Alice.IssueOneAsync("nora@stranger.example");
        await _scene.FlagAsync();
        var fourth = await _scene.Alice.IssueOneAsync("dora@example.org");
        return (first, second, third, fourth);
    }

    private Task<PolicyTrial> TryAsync(IReadOnlyList<ApprovalRule> rules) =>
        _scene.Host.Services.GetRequiredService<TryPolicy>().RunAsync(rules, _scene.Host.Clock.GetUtcNow().AddDays(-1), Ct);

    private async Task<(int Code, string Output, string Error)> RunAsync(string policy, params string[] args)
    {
        var folder = System.IO.Directory.CreateTempSubdirectory();
        try
        {
            var file = Path.Combine(folder.FullName, "policy.json");
            await File.WriteAllTextAsync(file, policy, Ct);
            await using var output = new StringWriter();
            await using var error = new StringWriter();
            var line = new CompanionCommandLine(output, error, builder =>
            {
                builder.Configuration.AddConfiguration(_scene.Host.Services.GetRequiredService<IConfiguration>());
                builder.Services.AddSingleton<IIdentityProvider>(_scene.Host.IdentityProvider);
                builder.Services.AddSingleton<IRoomDirectory>(_scene.Host.Rooms);
            });
            return (await line.RunAsync(["policy", "try", "--file", file, "--since", "2020-01-01", .. args]), output.ToString(), error.ToString());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string Names(JsonElement one, string member) =>
        string.Join(", ", one.GetProperty(member).EnumerateArray().Select(rule => rule.GetString()));
}

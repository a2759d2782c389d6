using System.Net;
using Companion.Community.Contacts;
using Companion.Foundation.Kernel;
using Companion.IntegrationTests.Community.Messages;
using Companion.Journey.Invites;
using Microsoft.Extensions.DependencyInjection;
using StandIns.Mail;

namespace Companion.IntegrationTests.Journey.Landing;

public sealed class NeverAgainTests(PostgresFixture postgres) : IAsyncLifetime
{
    private const string Anna = "anna@example.org";

    private readonly MailSink _sink = MailSink.Start();
    private CompanionHost _host = null!;
    private InviteId _invite;
    private string _link = "";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _host = await InviteScene.StartAsync(postgres, _sink);
        _invite = await _host.IssueAsync(Anna);
        await _host.RunOutboxAsync(Cancellation);
        var header = _sink.Mails.ShouldHaveSingleItem().Content.Header("List-Unsubscribe").ShouldNotBeNull();
        _link = new Uri(header.Trim('<', '>')).PathAndQuery;
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _sink.DisposeAsync();
    }

    [Fact]
    public async Task Looking_at_the_link_does_nothing()
    {
        (await _host.Anonymous.GetAsync(_link, Cancellation)).StatusCode.ShouldBe(HttpStatusCode.OK);
        await _host.Anonymous.SendAsync(new HttpRequestMessage(HttpMethod.Head, _link), Cancellation);
        await PostAsync(_link, []);

        (await IsSuppressedAsync()).ShouldBeFalse();
    }

    [Fact]
    public async Task One_click_of_a_mail_program_is_enough()
    {
        (await PostAsync(_link, [new("List-Unsubscribe", "One-Click")])).StatusCode.ShouldBe(HttpStatusCode.OK);

        (await IsSuppressedAsync()).ShouldBeTrue();
    }

    [Fact]
    public async Task The_pages_button_stops_all_later_mails_to_the_address()
    {
        var reference = _link[(_link.IndexOf("c=", StringComparison.Ordinal) + 2)..];
        (await PostAsync("/never-again", [new("c", reference), new("confirm", "yes")])).StatusCode.ShouldBe(HttpStatusCode.OK);

        await _host.HappenAsync(_invite, (state, now) => new InviteRevoked(_invite, state.Inviter, now));
        await _host.IssueAsync("Anna@example.org");
        await _host.RunOutboxAsync(Cancellation);

        _sink.Mails.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_reference_that_was_not_made_here_is_told_nothing()
    {
        var forged = _link[..^3] + (_link.EndsWith("AAA", StringComparison.Ordinal) ? "BBB" : "AAA");

        (await _host.Anonymous.GetAsync(forged, Cancellation)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await PostAsync(forged, [new("List-Unsubscribe", "One-Click")])).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await PostAsync("/never-again", [new("confirm", "yes")])).StatusCode.ShouldBe(HttpStatusCode.NotFound);

        (await IsSuppressedAsync()).ShouldBeFalse();
    }

    private async Task<HttpResponseMessage> PostAsync(string route, KeyValuePair<string, string>[] fields)
    {
        using var content = new FormUrlEncodedContent(fields);
        return await _host.Anonymous.PostAsync(route, content, Cancellation);
    }

    private Task<bool> IsSuppressedAsync() =>
        _host.Services.GetRequiredService<SuppressionList>().ContainsAsync(EmailAddress.FromStored(Anna), Cancellation);
}

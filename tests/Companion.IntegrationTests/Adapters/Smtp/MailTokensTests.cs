using System.Net;
using System.Text;
using Companion.Community.Messages;

namespace Companion.IntegrationTests.Adapters.Smtp;

public sealed class MailTokensTests : SmtpTest
{
    private readonly List<string> _asked = [];

    /// <summary>What the token endpoint answers; null: it does not.</summary>
    private Func<HttpResponseMessage?> _answer = () => Token("one", 600);

    [Fact]
    public async Task A_token_is_fetched_by_client_credentials_and_kept_until_shortly_before_its_end()
    {
        await ServeAsync(new() { Login = new("companion", "one"), Logins = ["PLAIN", "XOAUTH2"] });
        using var http = Http();

        Name(await Channel(WithToken, http: http).SendAsync(Mail(), Ct)).ShouldBe("Accepted");

        Sink.Mails.ShouldHaveSingleItem().LoggedIn.ShouldBeTrue();
        Sink.Transcripts.ShouldHaveSingleItem().ShouldContain("C: AUTH XOAUTH2");
        _asked.ShouldBe(["POST https://id.example.org/token grant_type=client_credentials&client_id=mailer&client_secret=s3cret&scope=send"]);
    }

    [Fact]
    public async Task One_token_serves_many_connections()
    {
        await ServeAsync(new() { Login = new("companion", "one"), Logins = ["XOAUTH2"] });
        using var http = Http();
        var channel = Channel(WithToken, http: http);

        foreach (var (minutes, asked) in ((int, int)[])[(0, 1), (5, 1), (4, 2), (1, 2)])
        {
            // Connections live shorter than that: each of these messages logs in anew.
            Clock.Advance(TimeSpan.FromMinutes(minutes));
            Name(await channel.SendAsync(Mail(), Ct)).ShouldBe("Accepted");
            _asked.Count.ShouldBe(asked);
        }
    }

    [Fact]
    public async Task A_token_that_the_mail_server_refuses_is_not_used_again()
    {
        await ServeAsync(new() { Login = new("companion", "two"), Logins = ["XOAUTH2"] });
        using var http = Http();
        var channel = Channel(WithToken, http: http);

        Name(await channel.SendAsync(Mail(), Ct)).ShouldBe("ChannelRefused smtp_535");
        _answer = () => Token("two", 600);
        Name(await channel.SendAsync(Mail(), Ct)).ShouldBe("Accepted");

        _asked.Count.ShouldBe(2);
    }

    public static TheoryData<int, string, string> BadAnswers => new()
    {
        { 400, "{}", "ChannelRefused token_refused" },
        { 401, "{}", "ChannelRefused token_refused" },
        { 302, "", "NotSent token_unavailable" },
        { 429, "{}", "NotSent token_unavailable" },
        { 503, "", "NotSent token_unavailable" },
        { 200, "not json", "NotSent token_unavailable" },
        { 200, "{}", "NotSent token_unavailable" },
        { 200, "null", "NotSent token_unavailable" },
        { 0, "", "NotSent token_unavailable" },
    };

    [Theory]
    [MemberData(nameof(BadAnswers))]
    public async Task Without_a_token_nothing_is_sent(int status, string body, string expected)
    {
        await ServeAsync(new() { Login = new("companion", "one"), Logins = ["XOAUTH2"] });
        _answer = () => status == 0 ? null : new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        using var http = Http();

        Name(await Channel(WithToken, http: http).SendAsync(Mail(), Ct)).ShouldBe(expected);

        Sink.Transcripts.ShouldHaveSingleItem().ShouldNotContain("AUTH XOAUTH2 ");
    }

    [Fact]
    public async Task A_token_file_is_read_anew_for_every_login()
    {
        var file = Path.GetTempFileName();
        void Use(MailOptions options)
        {
            (options.Username, options.Authentication, options.OAuth.TokenFile) = ("companion", MailAuthentication.XOAuth2, file);
        }

        await ServeAsync(new() { Login = new("companion", "two"), Logins = ["XOAUTH2"] });
        var channel = Channel(Use);
        await File.WriteAllTextAsync(file, "one\n", Ct);
        Name(await channel.SendAsync(Mail(), Ct)).ShouldBe("ChannelRefused smtp_535");
        await File.WriteAllTextAsync(file, "two\n", Ct);
        Name(await channel.SendAsync(Mail(), Ct)).ShouldBe("Accepted");
        File.Delete(file);
        Name(await SendAsync(change: Use)).ShouldBe("ChannelRefused token_refused");
    }

    private static void WithToken(MailOptions options)
    {
        (options.Username, options.Authentication) = ("companion", MailAuthentication.XOAuth2);
        (options.OAuth.TokenUrl, options.OAuth.ClientId, options.OAuth.ClientSecret, options.OAuth.Scope) =
            ("https://id.example.org/token", "mailer", "s3cret", "send");
    }

    private static HttpResponseMessage Token(string value, int seconds) => new()
    {
        Content = new StringContent(
            $$"""{"access_token":"{{value}}","token_type":"Bearer","expires_in":{{seconds}}}""", Encoding.UTF8, "application/json"),
    };

    private HttpClient Http() => new(new Endpoint(this));

    private sealed class Endpoint(MailTokensTests test) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            test._asked.Add($"{request.Method} {request.RequestUri} {await request.Content!.ReadAsStringAsync(cancellationToken)}");
            return test._answer() ?? throw new HttpRequestException("nobody there");
        }
    }
}

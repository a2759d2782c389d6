using System.Net;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Companion.Community.Pausing;
using Companion.Foundation.Kernel;
using Companion.Foundation.Store;
using Companion.IntegrationTests.Community.Messages;
using Companion.Journey.Invites;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Companion.IntegrationTests.Journey.Landing;

public sealed class LandingTests(PostgresFixture postgres) : IAsyncLifetime
{
    private const string Anna = "anna@example.org";

    private static readonly string[] Routes = ["/i", "/i/landing.css", "/i/landing.js", "/never-again"];

    private CompanionHost _host = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _host = await InviteScene.StartAsync(
        postgres, sink: null, settings => settings.Configuration["Hosting:TokenChecksPerMinute"] = "1000");

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_good_invite_says_who_invites_whom_to_what_and_until_when()
    {
        var (_, token) = await IssueAsync(rooms: 3);

        var page = await PostAsync("/i/exchange", ("token", token));

        State(page).ShouldBe("good");
        page.QuerySelector("h1")!.TextContent.ShouldBe("Alice Ahlers invited you to Harbour Community");
        var text = page.QuerySelector("main")!.TextContent;
        text.ShouldContain("a•••@example.org");
        text.ShouldContain("3 rooms");
        text.ShouldNotContain(Anna);
        page.QuerySelector("time")!.GetAttribute("datetime").ShouldBe("2026-03-16T10:00:00Z");
    }

    [Fact]
    public async Task The_button_goes_on_to_the_identity_provider_with_a_handle_and_not_the_token()
    {
        var (invite, token) = await IssueAsync();
        var page = await PostAsync("/i/exchange", ("token", token));

        var answer = await SubmitAsync(page, "main form");

        answer.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        var target = answer.Headers.Location.ShouldNotBeNull();
        target.GetLeftPart(UriPartial.Path).ShouldBe("https://id.example.org/realms/community/protocol/openid-connect/registrations");
        target.Query.ShouldNotContain(token);
        var query = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(target.Query);
        query["client_id"].ToString().ShouldBe("companion-join");
        query["redirect_uri"].ToString().ShouldBe("https://id.example.org/realms/community/account/welcome");
        query["kc_locale"].ToString().ShouldBe("en");
        _host.Services.GetRequiredService<InviteHandles>()
            .Read(query["invite"].ToString(), TimeSpan.Zero, _host.Clock.GetUtcNow()).ShouldBe(new InviteReference(invite, 1));
    }

    public static TheoryData<string, string> Ends => new()
    {
        { "in-use", "Someone is filling in this registration now" },
        { "used", "This invitation has already been used" },
        { "member", "You have an account here already" },
        { "expired", "This invitation has run out" },
        { "replaced", "There is a newer link" },
        { "revoked", "This invitation was withdrawn" },
        { "declined", "This invitation was declined" },
        { "gone", "This invitation does not work any more" },
        { "waiting", "A moderator looks at this invitation first" },
        { "denied", "This invitation was not approved" },
        { "paused", "Registration is paused by the moderators" },
    };

    [Theory]
    [MemberData(nameof(Ends))]
    public async Task Each_state_has_its_own_page_and_leads_nobody_to_the_registration(string state, string heading)
    {
        var (invite, token) = await IssueAsync();
        await BringToAsync(state, invite);

        var page = await PostAsync("/i/exchange", ("token", token));
        var pressed = await SendAsync("/i/exchange", ("token", token), ("step", "continue"));

        State(page).ShouldBe(state);
        page.QuerySelector("h1")!.TextContent.ShouldBe(heading);
        pressed.StatusCode.ShouldBe(HttpStatusCode.OK);
        page.QuerySelectorAll("main a").Select(link => link.GetAttribute("href")).ShouldAllBe(
            target => target == "https://id.example.org/realms/community/account/");
    }

    [Fact]
    public async Task Time_that_is_over_counts_before_the_timer_has_noticed()
    {
        var (_, token) = await IssueAsync();
        _host.Clock.Advance(TimeSpan.FromDays(15));

        State(await PostAsync("/i/exchange", ("token", token))).ShouldBe("expired");
    }

    [Fact]
    public async Task Whatever_is_no_token_gets_one_and_the_same_answer()
    {
        var (_, token) = await IssueAsync();
        var answers = new List<(HttpStatusCode, string)>();
        foreach (var code in new[] { InviteToken.Create().Reveal(), token[..42], token + "A", token.ToUpperInvariant(), "", "' or 1=1 --", new string('A', 3000) })
        {
            var answer = await SendAsync("/i/exchange", ("token", code));
            answers.Add((answer.StatusCode, await answer.Content.ReadAsStringAsync(Cancellation)));
        }

        answers.Distinct().ShouldHaveSingleItem().Item1.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("application/json", """{"token":"x"}""")]
    [InlineData("text/plain", "token=x")]
    [InlineData("multipart/form-data", "no boundary")]
    [InlineData("application/x-www-form-urlencoded", "token=a&token=b")]
    public async Task A_body_that_is_no_form_is_an_unknown_link(string type, string body)
    {
        using var content = new StringContent(body);
        content.Headers.ContentType = new(type);

        var answer = await _host.Anonymous.PostAsync("/i/exchange", content, Cancellation);

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        State(await ParseAsync(answer)).ShouldBe("unknown");
    }

    [Fact]
    public async Task A_whole_link_may_be_pasted_with_spaces_around_it()
    {
        var (_, token) = await IssueAsync();
        var page = await ParseAsync(await _host.Anonymous.GetAsync("/i", Cancellation));
        var field = (IHtmlInputElement)page.QuerySelector("#token")!;
        field.Value = $"  https://companion.example.org/i#{token} ";

        State(await ParseAsync(await SubmitAsync(page, "main form"))).ShouldBe("good");
    }

    [Fact]
    public async Task A_scanner_that_opens_and_posts_everything_ten_times_changes_nothing()
    {
        var (invite, token) = await IssueAsync();
        for (var i = 0; i < 10; i++)
        {
            foreach (var route in Routes)
            {
                await _host.Anonymous.GetAsync(route, Cancellation);
                await _host.Anonymous.SendAsync(new HttpRequestMessage(HttpMethod.Head, route), Cancellation);
            }

            var page = await PostAsync("/i/exchange", ("token", token));
            foreach (var form in page.QuerySelectorAll("form").Cast<IHtmlFormElement>())
            {
                await SubmitAsync(form);
            }

            await SendAsync("/i/renewal", ("token", token));
        }

        (await _host.RunAsync((unit, ct) => unit.LoadAsync(InviteStream.Type, invite.Value, ct))).Version.ShouldBe(1);
        State(await PostAsync("/i/exchange", ("token", token))).ShouldBe("good");
    }

    [Theory]
    [InlineData("/i/exchange")]
    [InlineData("/i/decline")]
    [InlineData("/i/renewal")]
    public async Task What_changes_something_is_not_there_for_get_and_head(string route)
    {
        (await _host.Anonymous.GetAsync(route, Cancellation)).StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
        (await _host.Anonymous.SendAsync(new HttpRequestMessage(HttpMethod.Head, route), Cancellation)).StatusCode
            .ShouldBe(HttpStatusCode.MethodNotAllowed);
    }

    [Fact]
    public async Task Declining_takes_a_ticked_box()
    {
        var (invite, token) = await IssueAsync();
        var page = await PostAsync("/i/exchange", ("token", token));
        State(await ParseAsync(await SubmitAsync(page, "details form"))).ShouldBe("good");

        ((IHtmlInputElement)page.QuerySelector("#confirm")!).IsChecked = true;
        var declined = await ParseAsync(await SubmitAsync(page, "details form"));

        State(declined).ShouldBe("declined");
        (await _host.ReadAsync(invite)).Status.ShouldBe(InviteStatus.Declined);
    }

    [Fact]
    public async Task Asking_for_a_new_link_tells_the_inviter_once_a_day()
    {
        var (invite, token) = await IssueAsync();
        await BringToAsync("expired", invite);
        var page = await PostAsync("/i/exchange", ("token", token));

        State(await ParseAsync(await SubmitAsync(page, "main form"))).ShouldBe("asked");
        await SendAsync("/i/renewal", ("token", token));
        (await NoticesAsync()).ShouldHaveSingleItem().ShouldContain("renewal-asked");

        _host.Clock.Advance(TimeSpan.FromHours(25));
        await SendAsync("/i/renewal", ("token", token));
        (await NoticesAsync()).Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_new_link_can_be_asked_for_only_with_an_expired_invites_own_link()
    {
        var (_, token) = await IssueAsync();

        State(await PostAsync("/i/renewal", ("token", token))).ShouldBe("good");
        State(await PostAsync("/i/renewal", ("token", InviteToken.Create().Reveal()))).ShouldBe("unknown");

        (await NoticesAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Every_answer_carries_the_strict_headers_and_no_cookie()
    {
        var (_, token) = await IssueAsync();
        var answers = new List<HttpResponseMessage>();
        foreach (var route in Routes)
        {
            answers.Add(await _host.Anonymous.GetAsync(route, Cancellation));
        }

        foreach (var route in new[] { "/i/exchange", "/i/decline", "/i/renewal", "/never-again" })
        {
            answers.Add(await SendAsync(route, ("token", token)));
        }

        answers.Add(await SendAsync("/i/exchange", ("token", token), ("step", "continue")));
        foreach (var answer in answers)
        {
            Header(answer, "Content-Security-Policy").ShouldBe(
                "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; form-action 'self' https://id.example.org; "
                + "frame-ancestors 'none'; base-uri 'none'");
            Header(answer, "Referrer-Policy").ShouldBe("no-referrer");
            Header(answer, "Cache-Control").ShouldBe("no-store");
            Header(answer, "X-Robots-Tag").ShouldBe("noindex, nofollow, noarchive");
            Header(answer, "X-Content-Type-Options").ShouldBe("nosniff");
            answer.Headers.Contains("Set-Cookie").ShouldBeFalse();
        }
    }

    [Fact]
    public async Task Pages_hold_no_script_or_style_of_their_own_and_load_nothing_from_elsewhere()
    {
        var (_, token) = await IssueAsync();
        foreach (var page in new[] { await ParseAsync(await _host.Anonymous.GetAsync("/i", Cancellation)), await PostAsync("/i/exchange", ("token", token)) })
        {
            page.QuerySelectorAll("script").ShouldAllBe(script => script.TextContent == "" && script.GetAttribute("src") == "/i/landing.js");
            page.QuerySelectorAll("style, [style], img, iframe, [onclick]").ShouldBeEmpty();
            page.QuerySelectorAll("link").ShouldAllBe(link => link.GetAttribute("href") == "/i/landing.css");
        }
    }

    [Fact]
    public async Task The_language_is_the_browsers_unless_the_reader_chose_another()
    {
        var (_, token) = await IssueAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/i") { Headers = { { "Accept-Language", "fr, de-AT;q=0.8, en;q=0.5" } } };

        (await ParseAsync(await _host.Anonymous.SendAsync(request, Cancellation))).DocumentElement.GetAttribute("lang").ShouldBe("de");
        var german = await PostAsync("/i/exchange", ("token", token), ("lang", "de"));
        german.QuerySelector("h1")!.TextContent.ShouldBe("Alice Ahlers hat dich zu Harbour Community eingeladen");
        var english = await ParseAsync(await SubmitAsync(german, "footer form"));
        english.QuerySelector("h1")!.TextContent.ShouldBe("Alice Ahlers invited you to Harbour Community");
    }

    [Fact]
    public async Task The_page_works_without_the_inviters_name_while_the_identity_provider_is_away()
    {
        var (_, token) = await IssueAsync();
        _host.IdentityProvider.Failure = new IdentityProviderException("unreachable", isTransient: true);

        var page = await PostAsync("/i/exchange", ("token", token));

        State(page).ShouldBe("good");
        page.QuerySelector("h1")!.TextContent.ShouldBe("A member invited you to Harbour Community");
    }

    [Fact]
    public async Task Too_many_tries_are_told_to_wait_on_every_path_that_takes_a_token()
    {
        await using var host = await InviteScene.StartAsync(
            postgres, sink: null, settings => settings.Configuration["Hosting:TokenChecksPerMinute"] = "3");
        string[] routes = ["/i/exchange", "/i/decline", "/i/renewal", "/i/exchange", "/i/decline", "/i/renewal"];
        var answers = new List<HttpResponseMessage>();
        foreach (var route in routes)
        {
            using var content = new FormUrlEncodedContent([new("token", InviteToken.Create().Reveal())]);
            answers.Add(await host.Anonymous.PostAsync(route, content, Cancellation));
        }

        answers.Select(answer => (int)answer.StatusCode).ShouldBe([404, 404, 404, 429, 429, 429]);
        var last = answers[^1];
        Header(last, "Retry-After").ShouldNotBeEmpty();
        Header(last, "Cache-Control").ShouldBe("no-store");
        State(await ParseAsync(last)).ShouldBe("throttled");
    }

    private async Task BringToAsync(string state, InviteId invite)
    {
        var newcomer = new AccountId("newcomer");
        switch (state)
        {
            case "in-use":
                await _host.HappenAsync(invite, (_, now) => new InviteClaimed(invite, "key", newcomer, now.AddMinutes(5), now));
                break;
            case "used":
                await _host.HappenAsync(invite, (_, now) => new InviteRedeemed(invite, newcomer, now));
                break;
            case "member":
                await _host.HappenAsync(invite, (_, now) => new InviteMatchedAccount(invite, newcomer, now));
                break;
            case "expired":
                await _host.HappenAsync(invite, (_, now) => new InviteExpired(invite, now));
                break;
            case "replaced":
                await _host.HappenAsync(invite, (state, now) => new InviteResent(invite, state.Inviter, 2, now.AddDays(14), now));
                break;
            case "revoked":
                await _host.HappenAsync(invite, (state, now) => new InviteRevoked(invite, state.Inviter, now));
                break;
            case "declined":
                await _host.HappenAsync(invite, (_, now) => new InviteDeclined(invite, now));
                break;
            case "paused":
                await _host.RunAsync((unit, ct) => PauseStream.ChangeAsync(unit, new PauseInviting(new AccountId("moritz")), ct));
                break;
            case "waiting":
                await _host.HappenAsync(invite, HeldBack);
                break;
            case "denied":
                await _host.HappenAsync(invite, HeldBack);
                await _host.HappenAsync(invite, (_, now) => new InviteDenied(invite, now));
                break;
            default:
                _host.IdentityProvider.Remove(InviteScene.Inviter).ShouldBeTrue();
                break;
        }
    }

    /// <summary>Its link is out although nothing lets one out before the decision.</summary>
    private static InviteIssued HeldBack(Invite state, DateTimeOffset now) => new(
        new InviteId(state.Id), state.Inviter, state.ContactId, state.Memberships, state.Rooms, state.Language, state.ExpiresAt, now, AwaitingApproval: true);

    private async Task<(InviteId Invite, string Token)> IssueAsync(int rooms = 0)
    {
        var invite = await _host.IssueAsync(Anna, rooms: rooms);
        var token = InviteToken.Create();
        await _host.RunAsync((unit, _) =>
        {
            InviteTokens.Add(unit, token, invite, 1);
            return Task.FromResult(true);
        });
        return (invite, token.Reveal());
    }

    private Task<List<string>> NoticesAsync() => _host.Services.GetRequiredService<NpgsqlDataSource>().QueryAsync(
        "select payload::text from companion.outbox_message where kind = 'notice_mail'", reader => reader.GetString(0), [], Cancellation);

    private async Task<IHtmlDocument> PostAsync(string route, params (string Name, string Value)[] fields) =>
        await ParseAsync(await SendAsync(route, fields));

    private async Task<HttpResponseMessage> SendAsync(string route, params (string Name, string Value)[] fields)
    {
        using var content = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        return await _host.Anonymous.PostAsync(route, content, Cancellation);
    }

    private Task<HttpResponseMessage> SubmitAsync(IHtmlDocument page, string form) =>
        SubmitAsync((IHtmlFormElement)page.QuerySelector(form)!);

    /// <summary>As a browser sends the form: named fields, ticked boxes, and the button.</summary>
    private async Task<HttpResponseMessage> SubmitAsync(IHtmlFormElement form)
    {
        var fields = form.QuerySelectorAll("input").Cast<IHtmlInputElement>()
            .Where(input => input.Type != "checkbox" || input.IsChecked)
            .Select(input => KeyValuePair.Create(input.Name!, input.Value))
            .Concat(form.QuerySelectorAll("button[name]").Select(b => KeyValuePair.Create(b.GetAttribute("name")!, b.GetAttribute("value")!)))
            .ToList();
        var path = form.GetAttribute("action")!;
        if (form.Method == "get")
        {
            return await _host.Anonymous.GetAsync(
                Microsoft.AspNetCore.WebUtilities.QueryHelpers.AddQueryString(path, fields.ToDictionary(f => f.Key, string? (f) => f.Value)), Cancellation);
        }

        using var content = new FormUrlEncodedContent(fields);
        return await _host.Anonymous.PostAsync(path, content, Cancellation);
    }

    private static async Task<IHtmlDocument> ParseAsync(HttpResponseMessage answer) =>
        await new HtmlParser().ParseDocumentAsync(await answer.Content.ReadAsStringAsync(Cancellation), Cancellation);

    private static string? State(IHtmlDocument page) => page.QuerySelector("main")!.GetAttribute("data-state");

    private static string Header(HttpResponseMessage answer, string name) => string.Join(", ", answer.Headers.TryGetValues(name, out var values)
        ? values : answer.Content.Headers.TryGetValues(name, out values) ? values : []);
}

using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using static Companion.IntegrationTests.Journey.Invites.InviteApi;

namespace Companion.IntegrationTests.Journey.Invites;

public sealed class InviteBadInputTests(CompanionHost host) : IClassFixture<CompanionHost>
{
    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("{\"invites\":[{\"contact\":\"a@example.org\"}]} x")]
    [InlineData("{\"invites\":[{\"contact\":\"a@example.org\"}],\"extra\":1}")]
    [InlineData("{\"invites\":[{\"contact\":\"a@example.org\",\"admin\":true}]}")]
    [InlineData("{\"invites\":[{\"contact\":\"a@example.org\",\"memberships\":[{\"organisation\":\"x\"}]}]}")]
    [InlineData("{\"invites\":[{\"contact\":5}]}")]
    [InlineData("{\"invites\":{\"contact\":\"a@example.org\"}}")]
    [InlineData("{\"invites\":[{\"contact\":[\"a@example.org\"]}]}")]
    [InlineData("{\"invites\":[{\"contact\":\"a@example.org\",\"contact\":\"b@example.org\"}]}")]
    [InlineData("{\"Invites\":[{\"contact\":\"a@example.org\"}]}")]
    [InlineData("{\"invites\":[null]}")]
    [InlineData("{\"invites\":[{\"contact\":\"a@example.org\",\"rooms\":[null]}]}")]
    [InlineData("{\"invites\":[{\"contact\":\"a@example.org\",\"memberships\":[null]}]}")]
    [InlineData("{\"invites\":[{\"contact\":\"\\uD800\"}]}")]
    public async Task A_body_that_is_not_what_the_api_takes_is_refused_whole(string body)
    {
        using var answer = await host.Member("alice").PostTextAsync("/api/v1/invites", body);

        (await answer.CodeAsync(TestContext.Current.CancellationToken)).ShouldBe("request_malformed");
        ((int)answer.StatusCode).ShouldBeInRange(400, 422);
        (await host.CountAsync("companion.contact")).ShouldBe(0);
    }

    [Theory]
    [InlineData(0, "rows_missing")]
    [InlineData(1001, "rows_too_many")]
    public async Task A_request_has_1_to_1000_rows(int count, string code)
    {
        using var answer = await host.Member("alice").PostInvitesAsync(new JsonObject
        {
            ["invites"] = new JsonArray([.. Enumerable.Range(0, count).Select(i => Row($"p{i}@example.org"))]),
        });

        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await answer.CodeAsync(TestContext.Current.CancellationToken)).ShouldBe(code);
        (await host.CountAsync("companion.contact")).ShouldBe(0);
    }

    [Fact]
    public async Task A_request_without_rows_is_told_so()
    {
        using var answer = await host.Member("alice").PostTextAsync("/api/v1/invites", "{}");
        (await answer.CodeAsync(TestContext.Current.CancellationToken)).ShouldBe("rows_missing");
    }

    [Fact]
    public async Task A_deep_body_is_refused()
    {
        var body = $"{{\"invites\":{new string('[', 10_000)}{new string(']', 10_000)}}}";
        using var answer = await host.Member("alice").PostTextAsync("/api/v1/invites", body);
        (await answer.CodeAsync(TestContext.Current.CancellationToken)).ShouldBe("request_malformed");
    }

    [Fact]
    public async Task A_body_over_2_MB_is_refused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/invites");
        request.Content = new StringContent($$"""{"message":"{{new string('a', 2 * 1024 * 1024)}}","invites":[]}""", Encoding.UTF8, "application/json");
        using var answer = await host.Member("alice").SendAskingAsync(request, TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await answer.CodeAsync(TestContext.Current.CancellationToken)).ShouldBe("request_too_large");
    }

    [Fact]
    public async Task A_form_is_refused()
    {
        using var content = new FormUrlEncodedContent([new("invites", "x")]);
        using var answer = await host.Member("alice").PostAsync("/api/v1/invites", content, TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(HttpStatusCode.UnsupportedMediaType);
    }

    [Theory]
    [InlineData("")]
    [InlineData("with space")]
    [InlineData("caf\u00E9")]
    [InlineData("LONG")]
    public async Task An_idempotency_key_has_1_to_255_visible_ascii_characters(string key)
    {
        key = key == "LONG" ? new string('k', 256) : key;
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/invites");
        request.Content = new StringContent("{\"invites\":[{\"contact\":\"a@example.org\"}]}", Encoding.UTF8, "application/json");
        request.Headers.TryAddWithoutValidation("Idempotency-Key", key).ShouldBeTrue();
        HttpResponseMessage answer;
        try
        {
            answer = await host.Member("alice").SendAsync(request, TestContext.Current.CancellationToken);
        }
        catch (HttpRequestException) when (key.Any(c => c > '~'))
        {
            return; // the client refuses to send it at all
        }

        using (answer)
        {
            ((int)answer.StatusCode).ShouldBe(400);
        }

        (await host.CountAsync("companion.contact")).ShouldBe(0);
    }

    [Theory]
    [InlineData("{\"organization\":null}", "group_missing")]
    [InlineData("{}", "group_missing")]
    [InlineData("{\"group\":\"\"}", "membership_malformed")]
    [InlineData("{\"group\":\"/mem\\nbers\"}", "membership_malformed")]
    [InlineData("{\"group\":\"/\\u202Ememebers\"}", "membership_malformed")]
    public async Task A_membership_names_something_in_plain_characters(string membership, string code)
    {
        using var answer = await host.Member("alice").PostTextAsync(
            "/api/v1/invites", $"{{\"vouched\":true,\"invites\":[{{\"contact\":\"a@example.org\",\"memberships\":[{membership}]}}]}}");
        (await answer.RowsAsync())[0].Code.ShouldBe(code);
    }

    [Fact]
    public async Task A_row_names_at_most_20_memberships_and_50_rooms()
    {
        var memberships = Row("a@example.org");
        memberships["memberships"] = new JsonArray([.. Enumerable.Range(0, 21).Select(i => new JsonObject { ["group"] = $"/g{i}" })]);
        var rooms = Row("b@example.org");
        rooms["rooms"] = new JsonArray([.. Enumerable.Range(0, 51).Select(i => JsonValue.Create($"!r{i}:example.org"))]);

        var rows = await host.Member("alice").IssueAsync(memberships, rooms);

        rows.Select(row => row.Code).ShouldBe(["memberships_too_many", "rooms_too_many"]);
    }

    [Fact]
    public async Task Without_a_token_nothing_is_answered()
    {
        foreach (var path in new[] { "/api/v1/me", "/api/v1/invite-options", "/api/v1/invites", $"/api/v1/invites/{Guid.NewGuid()}" })
        {
            using var answer = await host.Anonymous.GetAsync(path, TestContext.Current.CancellationToken);
            answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized, path);
        }

        foreach (var path in new[] { "/api/v1/invites", $"/api/v1/invites/{Guid.NewGuid()}/resend", $"/api/v1/invites/{Guid.NewGuid()}/revoke" })
        {
            using var answer = await host.Anonymous.PostTextAsync(path, "{}");
            answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized, path);
        }
    }

    [Theory]
    [InlineData("status=joined", "status_unknown")]
    [InlineData("cursor=abc", "cursor_malformed")]
    [InlineData("cursor=________________________________", "cursor_malformed")]
    [InlineData("limit=0", "limit_out_of_range")]
    [InlineData("limit=101", "limit_out_of_range")]
    [InlineData("limit=x", "request_malformed")]
    [InlineData("all=perhaps", "request_malformed")]
    public async Task A_list_is_asked_for_in_known_words(string query, string code)
    {
        using var answer = await host.Member("alice").GetAsync($"/api/v1/invites?{query}", TestContext.Current.CancellationToken);
        (await answer.CodeAsync(TestContext.Current.CancellationToken)).ShouldBe(code);
    }
}

using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Companion.Community.Contacts;
using Companion.Foundation.Kernel;
using Companion.Foundation.Store;
using Companion.Journey.Invites;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Companion.IntegrationTests.Journey.Invites;

/// <summary>Calls to the invite API as its clients make them, and looks behind it.</summary>
internal static class InviteApi
{
    public static JsonObject Row(string? contact, string? message = null, string? language = null, string? group = null, string? room = null, string? organization = null)
    {
        var row = new JsonObject { ["contact"] = contact };
        Add(row, "message", message);
        Add(row, "language", language);
        Add(row, "memberships", group is null ? null : new JsonArray(Membership(organization, group)));
        Add(row, "rooms", room is null ? null : new JsonArray(room));
        return row;
    }

    public static Task<HttpResponseMessage> PostInvitesAsync(this HttpClient client, JsonNode body, string? key = null) =>
        client.PostTextAsync("/api/v1/invites", Vouched(body).ToJsonString(), key);

    /// <summary>The inviter says to know the people, unless the test says otherwise.</summary>
    private static JsonNode Vouched(JsonNode body)
    {
        if (body is JsonObject request && !request.ContainsKey("vouched"))
        {
            request["vouched"] = true;
        }

        return body;
    }

    public static async Task<HttpResponseMessage> PostTextAsync(this HttpClient client, string path, string body, string? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path);
        request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        if (key is not null)
        {
            request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        }

        return await client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>Issues rows and reads the answer per row.</summary>
    public static async Task<IReadOnlyList<RowAnswer>> IssueAsync(this HttpClient client, params JsonObject[] rows)
    {
        using var answer = await client.PostInvitesAsync(new JsonObject { ["invites"] = new JsonArray([.. rows]) });
        return await answer.RowsAsync();
    }

    public static async Task<IReadOnlyList<RowAnswer>> RowsAsync(this HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, text);
        return JsonSerializer.Deserialize<Answer>(text, JsonSerializerOptions.Web)!.Invites;
    }

    public static async Task<Guid> IssueOneAsync(this HttpClient client, string contact) =>
        (await client.IssueAsync(Row(contact)))[0] is { Outcome: "issued" } row ? row.Id!.Value : throw new InvalidOperationException("Refused.");

    public static async Task<JsonElement> ReadAsync(this HttpClient client, string path)
    {
        using var answer = await client.GetAsync(path, TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, path);
        return await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
    }

    public static NpgsqlDataSource Database(this CompanionHost host) => host.Services.GetRequiredService<NpgsqlDataSource>();

    public static async Task<long> CountAsync(this CompanionHost host, string table, string where = "true") =>
        (await host.Database().QueryAsync(
            $"select count(*) from {table} where {where}", reader => reader.GetInt64(0), [], TestContext.Current.CancellationToken))[0];

    /// <summary>Places where a text can be read, in any column of any table.</summary>
    public static async Task<IReadOnlyList<string>> FindTextAsync(this CompanionHost host, string text)
    {
        var columns = await host.Database().QueryAsync(
            """
            select format('%I.%I', table_schema, table_name), column_name, data_type from information_schema.columns
            where table_schema in ('events', 'companion') and data_type in ('text', 'character varying', 'jsonb', 'bytea')
            """,
            reader => (Table: reader.GetString(0), Column: reader.GetString(1), Type: reader.GetString(2)),
            [],
            TestContext.Current.CancellationToken);
        columns.Count.ShouldBeGreaterThan(20);
        var found = new List<string>();
        foreach (var (table, column, type) in columns)
        {
            var readable = type == "bytea" ? $"encode({column}, 'escape')" : $"{column}::text";
            if (await host.CountAsync(table, $"position(lower('{text}') in lower({readable})) > 0") > 0)
            {
                found.Add($"{table}.{column}");
            }
        }

        return found;
    }

    /// <summary>A member of /members, who may invite into /members where the host's configuration says so.</summary>
    public static HttpClient Member(this CompanionHost host, string account)
    {
        host.IdentityProvider.AddMember(account);
        return host.ClientOf(account);
    }

    public static void Disable(this CompanionHost host, string account) => host.IdentityProvider.Put(
        host.IdentityProvider.People[new AccountId(account)] with { Enabled = false });

    /// <summary>Does to an invite what other parts of the companion do to it.</summary>
    public static async Task DecideAsync(this CompanionHost host, Guid id, params InviteCommand[] commands)
    {
        var transactions = host.Services.GetRequiredService<Transactions>();
        foreach (var command in commands)
        {
            (await transactions.RunAsync(
                (unit, ct) => InviteStream.ChangeAsync(unit, new InviteId(id), command, ct), TestContext.Current.CancellationToken)).ShouldBeNull();
        }
    }

    public static JsonObject Membership(string? organization, string group)
    {
        var membership = new JsonObject { ["group"] = group };
        Add(membership, "organization", organization);
        return membership;
    }

    public static EmailAddress Address(string text) =>
        EmailAddress.TryParse(text, out var address) ? address : throw new ArgumentException("Not an address.", nameof(text));

    private static void Add(JsonObject row, string name, JsonNode? value)
    {
        if (value is not null)
        {
            row[name] = value;
        }
    }

    internal sealed record RowAnswer(
        int Row, string Outcome, Guid? Id, DateTimeOffset? ExpiresAt, string? Code, string? Message, string? Field, string? Argument);

    private sealed record Answer(IReadOnlyList<RowAnswer> Invites);
}

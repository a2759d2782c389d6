using System.Text.Json;
using Npgsql;
using Sandbox.Worlds;
using StandIns.Mail;

namespace Sandbox.Chaos;

/// <summary>Reads from every server what became of the rounds.</summary>
internal sealed class LedgerReader(World world)
{
    private const string InvitesSql =
        """
        select
          e.stream_id::text,
          count(*) filter (where e.type = 'invite_issued')::int,
          coalesce(array_agg(e.data ->> 'Account') filter (where e.type = 'invite_redeemed'), '{}'),
          count(*) filter (where e.type = 'invite_contested')::int,
          count(*) filter (where e.type = 'invite_revoked')::int,
          (select count(*)::int from companion.mail_attempt m join companion.outbox_message o on o.id = m.outbox_id
            where o.stream_id = e.stream_id and o.kind = 'invite_mail' and coalesce(m.outcome, 'Unknown') = 'Unknown'),
          (select count(*)::int from companion.onboarding_details d join events.mt_events c on c.stream_id = d.onboarding_id
            where d.invite_id = e.stream_id and c.type = 'onboarding_completed'),
          (select count(*)::int from companion.timeline_entry t where t.invite_id = e.stream_id and t.type = 'invite_redeemed')
        from events.mt_events e
        where e.type like 'invite\_%'
        group by e.stream_id
        """;

    private const string UnknownNoticesSql =
        """
        select count(*) from companion.mail_attempt m join companion.outbox_message o on o.id = m.outbox_id
        where o.kind = 'notice_mail' and coalesce(m.outcome, 'Unknown') = 'Unknown'
        """;

    // Timers of days and weeks (expiry, erasure) are none of the rounds' business.
    private const string OpenSql =
        "select count(*) from companion.outbox_message where done_at is null and dead_at is null and due_at < now() + interval '10 minutes'";

    private const string GivenUpSql = "select kind || ': ' || coalesce(last_error, '') from companion.outbox_message where dead_at is not null";

    /// <summary>Waits until the companions have nothing to do any more.</summary>
    public Task SettleAsync(CancellationToken cancellationToken) => Eventually.BeTrueAsync(
        "the outbox is empty",
        async () => await CountAsync(OpenSql, cancellationToken) == 0,
        cancellationToken);

    public async Task<LedgerFacts> ReadAsync(IReadOnlyList<Promise> promises, CancellationToken cancellationToken)
    {
        var invites = await QueryAsync(
            InvitesSql,
            row => new InviteFact(
                row.GetString(0),
                row.GetInt32(1),
                row.GetFieldValue<string[]>(2),
                row.GetInt32(3),
                row.GetInt32(4),
                row.GetInt32(5),
                row.GetInt32(6),
                row.GetInt32(7)),
            cancellationToken);
        return new(
            promises,
            invites,
            await ReadAccountsAsync(cancellationToken),
            [.. world.Mail.Mails.Select(ToFact)],
            world.Community.Alice.Email,
            await CountAsync(UnknownNoticesSql, cancellationToken),
            await CountAsync("select count(*) from companion.outbox_message", cancellationToken),
            await QueryAsync(GivenUpSql, row => row.GetString(0), cancellationToken));
    }

    private async Task<IReadOnlyList<AccountFact>> ReadAccountsAsync(CancellationToken cancellationToken)
    {
        string[] seeded = [.. world.Community.People.Select(person => person.AccountId)];
        var accounts = new List<AccountFact>();
        foreach (var account in await world.Admin.ListUsersAsync(cancellationToken))
        {
            var id = account.GetProperty("id").GetString()!;
            if (!seeded.Contains(id))
            {
                accounts.Add(await ReadAccountAsync(id, account, cancellationToken));
            }
        }

        return accounts;
    }

    private async Task<AccountFact> ReadAccountAsync(string id, JsonElement account, CancellationToken cancellationToken)
    {
        var mark = account.TryGetProperty("attributes", out var attributes) && attributes.TryGetProperty("invite_id", out var marks)
            ? marks[0].GetString()
            : null;
        var (rooms, welcomes) = await world.Bot.FindByKeycloakAccountAsync(id, cancellationToken) is { } user
            ? await ReadChatAsync(user, cancellationToken)
            : (0, 0);
        return new(
            id,
            account.GetProperty("email").GetString()!,
            mark,
            await world.Admin.GroupsOfAsync(id, cancellationToken),
            await world.Admin.OrganizationsOfAsync(id, cancellationToken),
            rooms,
            welcomes);
    }

    private async Task<(int Rooms, int Welcomes)> ReadChatAsync(string user, CancellationToken cancellationToken)
    {
        var memberships = await world.Bot.MembershipsOfAsync(user, cancellationToken);
        var known = world.Community.Rooms.Append(world.Community.Space).Select(room => room.Id).ToList();
        var welcomes = 0;
        foreach (var room in await world.Bot.SharedBesidesAsync(known, user, cancellationToken))
        {
            welcomes += (await world.Bot.MessagesAsync(room, cancellationToken)).Count;
        }

        return (world.Community.Rooms.Count(room => memberships.GetValueOrDefault(room.Id) == "join"), welcomes);
    }

    private static MailFact ToFact(ReceivedMail mail) => new(mail.Recipients.Single(), mail.Content.Header("Message-ID") ?? "none");

    private async Task<int> CountAsync(string sql, CancellationToken cancellationToken) =>
        (int)(await QueryAsync(sql, row => row.GetInt64(0), cancellationToken)).Single();

    private async Task<List<T>> QueryAsync<T>(string sql, Func<NpgsqlDataReader, T> map, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(world.Postgres.ConnectionString(World.Database) + ";Pooling=false");
        await connection.OpenAsync(cancellationToken);
#pragma warning disable CA2100 // constants of this class
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(map(reader));
        }

        return rows;
    }
}

using Npgsql;

namespace Companion.Benchmarks;

/// <summary>
/// Three years of a community, written by SQL: whoever came in brings fifty, and half of those come. The five newest of a rare kind of
/// entry and all open invites are as many whatever the size.
/// </summary>
internal static class ManyInvites
{
    public const string RareType = "invite_link_taken";

    // Invite i goes from the account i / 50 to the account i; 0 is there from the beginning. Accounts below count / 50 have to be there to invite.
    private const string Fill =
        """
        alter table companion.invite_details disable trigger user;
        alter table companion.invite_opening disable trigger user;
        alter table companion.onboarding_details disable trigger user;

        create temp table filled as
        select i, gen_random_uuid() as id, gen_random_uuid() as contact, 'account-' || (i - 1) / 50 as inviter, 'account-' || i as account,
          now() - interval '3 years' * (1 - i::float8 / @count) as at,
          case when i > @count - 100 then 'issued' when i % 2 = 0 or i <= @count / 50 then 'redeemed' when i % 3 = 0 then 'revoked' else 'expired' end as status
        from generate_series(1, @count) i;

        insert into companion.contact (contact_id, address, match_key, abuse_key, message, created_at)
        select contact, 'person' || i || '@' || (array['example.org', 'example.net', 'mail.example'])[1 + i % 3],
          sha256(id::text::bytea), sha256(id::text::bytea), 'Join us', at
        from filled order by i;

        insert into companion.invite_details
          (invite_id, inviter, contact_id, match_key, status, delivery, is_open, generation, issued_at, first_out_at, expires_at, ended_at, account)
        select id, inviter, contact, sha256(id::text::bytea), status, 'sent', status = 'issued', 1, at, at + interval '2 seconds', at + interval '14 days',
          case when status <> 'issued' then at + interval '1 hour' * (1 + i % 90) end, case when status = 'redeemed' then account end
        from filled order by i;

        insert into events.mt_doc_invite (id, data, mt_dotnet_type, mt_version)
        select f.id, s.data || jsonb_build_object('Id', f.id, 'Inviter', f.inviter, 'ContactId', f.contact, 'IssuedAt', f.at,
          'Status', initcap(f.status), 'Account', case when f.status = 'redeemed' then f.account end), s.mt_dotnet_type, 4
        from filled f cross join (select * from events.mt_doc_invite limit 1) s order by f.i;

        insert into companion.invite_opening (invite_id, first_opened_at, opened_at)
        select id, at + interval '30 minutes' * (1 + i % 90), at + interval '30 minutes' * (1 + i % 90) from filled where status = 'redeemed' order by i;

        insert into companion.onboarding_details (onboarding_id, invite_id, account, kind, status, started_at, let_in_at, in_rooms_at, problems)
        select gen_random_uuid(), id, account, 'newcomer', 'completed', at + interval '1 hour' * (1 + i % 90), at + interval '1 hour' * (1 + i % 90),
          at + interval '1 hour' * (1 + i % 90) + interval '1 minute' * (i % 50), '[]'
        from filled where status = 'redeemed' order by i;

        insert into companion.timeline_entry (kind, type, at, actor, account, inviter, invite_id)
        select 'UserEvent', case when step = 2 and i <= 5 then @rare else (array['invite_issued', 'invite_sent', 'invite_redeemed'])[step] end,
          at + interval '1 second' * step, case step when 1 then inviter when 3 then account end, case step when 3 then account end, inviter, id
        from filled cross join generate_series(1, 3) step where step < 3 or status = 'redeemed' order by i, step;

        alter table companion.invite_details enable trigger user;
        alter table companion.invite_opening enable trigger user;
        alter table companion.onboarding_details enable trigger user;
        select companion.count_again();
        """;

    public static async Task FillAsync(string connectionString, int count)
    {
        await using var dataSource = NpgsqlDataSource.Create(connectionString);
        await using var connection = await dataSource.OpenConnectionAsync();
        var sql = Fill.Replace("@count", FormattableString.Invariant($"{count}"), StringComparison.Ordinal).Replace("@rare", $"'{RareType}'", StringComparison.Ordinal);
        foreach (var statement in (string[])[sql, "vacuum (analyze)"])
        {
            await using var command = new NpgsqlCommand(statement, connection) { CommandTimeout = 0 };
            await command.ExecuteNonQueryAsync();
        }
    }
}

using Companion.Foundation.Store;

namespace Companion.IntegrationTests.Foundation.Store;

/// <summary>The tables of schema events are exactly those that Marten 9 expects, so that it leaves them alone when it opens them.</summary>
public sealed class MartenLayoutTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static readonly string[] Columns =
    [
        "mt_doc_approval.id uuid not null",
        "mt_doc_approval.data jsonb not null",
        "mt_doc_approval.mt_last_modified timestamp with time zone default transaction_timestamp()",
        "mt_doc_approval.mt_dotnet_type character varying",
        "mt_doc_approval.mt_version bigint not null default 0",
        "mt_doc_invite.id uuid not null",
        "mt_doc_invite.data jsonb not null",
        "mt_doc_invite.mt_last_modified timestamp with time zone default transaction_timestamp()",
        "mt_doc_invite.mt_dotnet_type character varying",
        "mt_doc_invite.mt_version bigint not null default 0",
        "mt_doc_member.id uuid not null",
        "mt_doc_member.data jsonb not null",
        "mt_doc_member.mt_last_modified timestamp with time zone default transaction_timestamp()",
        "mt_doc_member.mt_dotnet_type character varying",
        "mt_doc_member.mt_version bigint not null default 0",
        "mt_doc_onboarding.id uuid not null",
        "mt_doc_onboarding.data jsonb not null",
        "mt_doc_onboarding.mt_last_modified timestamp with time zone default transaction_timestamp()",
        "mt_doc_onboarding.mt_dotnet_type character varying",
        "mt_doc_onboarding.mt_version bigint not null default 0",
        "mt_doc_pause.id uuid not null",
        "mt_doc_pause.data jsonb not null",
        "mt_doc_pause.mt_last_modified timestamp with time zone default transaction_timestamp()",
        "mt_doc_pause.mt_dotnet_type character varying",
        "mt_doc_pause.mt_version bigint not null default 0",
        "mt_event_progression.name character varying not null",
        "mt_event_progression.last_seq_id bigint",
        "mt_event_progression.last_updated timestamp with time zone default transaction_timestamp()",
        "mt_events.seq_id bigint not null",
        "mt_events.id uuid not null",
        "mt_events.stream_id uuid",
        "mt_events.version bigint not null",
        "mt_events.data jsonb not null",
        "mt_events.bdata bytea",
        "mt_events.type character varying(500) not null",
        "mt_events.timestamp timestamp with time zone not null default now()",
        "mt_events.tenant_id character varying default '*DEFAULT*'::character varying",
        "mt_events.mt_dotnet_type character varying",
        "mt_events.correlation_id character varying",
        "mt_events.causation_id character varying",
        "mt_events.is_archived boolean default false",
        "mt_high_water_skips.ending_sequence bigint not null",
        "mt_high_water_skips.starting_sequence bigint not null",
        "mt_high_water_skips.timestamp timestamp with time zone default transaction_timestamp()",
        "mt_streams.id uuid not null",
        "mt_streams.type character varying",
        "mt_streams.version bigint",
        "mt_streams.timestamp timestamp with time zone not null default now()",
        "mt_streams.created timestamp with time zone not null default now()",
        "mt_streams.tenant_id character varying default '*DEFAULT*'::character varying",
        "mt_streams.is_archived boolean default false",
    ];

    private static readonly string[] Constraints =
    [
        "mt_doc_approval pkey_mt_doc_approval_id PRIMARY KEY (id)",
        "mt_doc_invite pkey_mt_doc_invite_id PRIMARY KEY (id)",
        "mt_doc_member pkey_mt_doc_member_id PRIMARY KEY (id)",
        "mt_doc_onboarding pkey_mt_doc_onboarding_id PRIMARY KEY (id)",
        "mt_doc_pause pkey_mt_doc_pause_id PRIMARY KEY (id)",
        "mt_event_progression pk_mt_event_progression PRIMARY KEY (name)",
        "mt_events fkey_mt_events_stream_id FOREIGN KEY (stream_id) REFERENCES events.mt_streams(id) ON DELETE CASCADE",
        "mt_events pkey_mt_events_seq_id PRIMARY KEY (seq_id)",
        "mt_high_water_skips pkey_mt_high_water_skips_ending_sequence PRIMARY KEY (ending_sequence)",
        "mt_streams pkey_mt_streams_id PRIMARY KEY (id)",
    ];

    private static readonly string[] Indexes =
    [
        "CREATE UNIQUE INDEX pk_mt_event_progression ON events.mt_event_progression USING btree (name)",
        "CREATE UNIQUE INDEX pk_mt_events_stream_and_version ON events.mt_events USING btree (stream_id, version)",
        "CREATE UNIQUE INDEX pkey_mt_doc_approval_id ON events.mt_doc_approval USING btree (id)",
        "CREATE UNIQUE INDEX pkey_mt_doc_invite_id ON events.mt_doc_invite USING btree (id)",
        "CREATE UNIQUE INDEX pkey_mt_doc_member_id ON events.mt_doc_member USING btree (id)",
        "CREATE UNIQUE INDEX pkey_mt_doc_onboarding_id ON events.mt_doc_onboarding USING btree (id)",
        "CREATE UNIQUE INDEX pkey_mt_doc_pause_id ON events.mt_doc_pause USING btree (id)",
        "CREATE UNIQUE INDEX pkey_mt_events_seq_id ON events.mt_events USING btree (seq_id)",
        "CREATE UNIQUE INDEX pkey_mt_high_water_skips_ending_sequence ON events.mt_high_water_skips USING btree (ending_sequence)",
        "CREATE UNIQUE INDEX pkey_mt_streams_id ON events.mt_streams USING btree (id)",
    ];

    [Fact]
    public async Task Columns_are_those_of_Marten_in_its_order() => (await ReadAsync(
        """
        select c.relname || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
          || case when a.attnotnull then ' not null' else '' end || coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '')
        from pg_attribute a
        join pg_class c on c.oid = a.attrelid and c.relkind = 'r' join pg_namespace n on n.oid = c.relnamespace
        left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
        where n.nspname = 'events' and a.attnum > 0 and not a.attisdropped
        order by c.relname collate "C", a.attnum
        """)).ShouldBe(Columns);

    [Fact]
    public async Task Constraints_are_those_of_Marten() => (await ReadAsync(
        """
        select c.relname || ' ' || k.conname || ' ' || pg_get_constraintdef(k.oid)
        from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
        where n.nspname = 'events' and k.contype <> 'n'
        order by c.relname collate "C", k.conname collate "C"
        """)).ShouldBe(Constraints);

    [Fact]
    public async Task Indexes_are_those_of_Marten() =>
        (await ReadAsync("""select indexdef from pg_indexes where schemaname = 'events' order by indexname collate "C" """)).ShouldBe(Indexes);

    [Fact]
    public async Task There_is_one_sequence_that_gives_numbers_one_by_one_and_belongs_to_the_events() => (await ReadAsync(
        """
        select s.sequencename || ' ' || s.increment_by || ' ' || s.cache_size || ' ' || pg_get_serial_sequence('events.mt_events', 'seq_id')
        from pg_sequences s where s.schemaname = 'events'
        """)).ShouldBe(["mt_events_sequence 1 1 events.mt_events_sequence"]);

    [Fact]
    public async Task No_trigger_function_or_view_is_in_the_schema() => (await ReadAsync(
        """
        select tgname::text from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace
          where n.nspname = 'events' and not t.tgisinternal
        union all select proname::text from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname = 'events'
        union all select viewname::text from pg_views where schemaname = 'events'
        """)).ShouldBeEmpty();

    private Task<List<string>> ReadAsync(string sql) =>
        database.DataSource.QueryAsync(sql, reader => reader.GetString(0), [], TestContext.Current.CancellationToken);
}

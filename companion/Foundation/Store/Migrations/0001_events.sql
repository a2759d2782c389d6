-- The event store in the layout of Marten 9 (single tenancy, StreamIdentity.AsGuid, correlation and causation ids switched on).
-- Nothing may ever be added to an mt_* table that Marten's model does not declare: see docs/decisions/0001.
create schema if not exists events;

create sequence events.mt_events_sequence;

create table events.mt_streams (
  id uuid not null,
  type varchar null,
  version bigint null,
  timestamp timestamptz not null default now(),
  created timestamptz not null default now(),
  tenant_id varchar null default '*DEFAULT*',
  is_archived boolean null default false,
  constraint pkey_mt_streams_id primary key (id)
);

create table events.mt_events (
  seq_id bigint not null,
  id uuid not null,
  stream_id uuid null,
  version bigint not null,
  data jsonb not null,
  bdata bytea null,
  type varchar(500) not null,
  timestamp timestamptz not null default now(),
  tenant_id varchar null default '*DEFAULT*',
  mt_dotnet_type varchar null,
  correlation_id varchar null,
  causation_id varchar null,
  is_archived boolean null default false,
  constraint pkey_mt_events_seq_id primary key (seq_id),
  constraint fkey_mt_events_stream_id foreign key (stream_id) references events.mt_streams (id) on delete cascade
);

create unique index pk_mt_events_stream_and_version on events.mt_events using btree (stream_id, version);

alter sequence events.mt_events_sequence owned by events.mt_events.seq_id;

create table events.mt_event_progression (
  name varchar not null,
  last_seq_id bigint null,
  last_updated timestamptz null default transaction_timestamp(),
  constraint pk_mt_event_progression primary key (name)
);

create table events.mt_high_water_skips (
  ending_sequence bigint not null,
  starting_sequence bigint not null,
  timestamp timestamptz null default transaction_timestamp(),
  constraint pkey_mt_high_water_skips_ending_sequence primary key (ending_sequence)
);

create table events.mt_doc_invite (
  id uuid not null,
  data jsonb not null,
  mt_last_modified timestamptz null default transaction_timestamp(),
  mt_dotnet_type varchar null,
  mt_version bigint not null default 0,
  constraint pkey_mt_doc_invite_id primary key (id)
);

create table events.mt_doc_onboarding (
  id uuid not null,
  data jsonb not null,
  mt_last_modified timestamptz null default transaction_timestamp(),
  mt_dotnet_type varchar null,
  mt_version bigint not null default 0,
  constraint pkey_mt_doc_onboarding_id primary key (id)
);

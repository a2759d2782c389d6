-- The companion's own tables. Everything personal is in companion.contact and can be erased there.

-- To-dos that leave the process; see docs/decisions/0003.
create table companion.outbox_message (
  id uuid not null primary key,
  kind text not null,
  stream_id uuid null,
  payload jsonb not null,
  created_at timestamptz not null,
  due_at timestamptz not null,
  attempts int not null default 0,
  lease_owner uuid null,
  leased_until timestamptz null,
  last_error text null,
  dead_at timestamptz null,
  done_at timestamptz null
);

create index outbox_message_due on companion.outbox_message (due_at) where done_at is null and dead_at is null;
create index outbox_message_stream on companion.outbox_message (stream_id);
create index outbox_message_done on companion.outbox_message (done_at) where done_at is not null;

-- xid lets a feed hand out entries in commit order: it reads only below pg_snapshot_xmin(pg_current_snapshot()).
create table companion.timeline_entry (
  id bigint generated always as identity primary key,
  xid xid8 not null default pg_current_xact_id(),
  kind text not null check (kind in ('UserEvent', 'AdminEvent')),
  type text not null,
  at timestamptz not null,
  actor text null,
  account text null,
  inviter text null,
  invite_id uuid null,
  detail text null
);

create index timeline_entry_inviter on companion.timeline_entry (inviter, id);
create index timeline_entry_account on companion.timeline_entry (account, id);
create index timeline_entry_invite on companion.timeline_entry (invite_id, id);

-- First answers to requests that may be repeated: Idempotency-Key of the API, webhook-id of the identity provider.
create table companion.idempotency (
  scope text not null,
  key text not null,
  request_hash bytea not null,
  response jsonb not null,
  created_at timestamptz not null,
  primary key (scope, key)
);

create index idempotency_created on companion.idempotency (created_at);

-- One row per invite: the invited address and what the inviter wrote to it. Erasure nulls everything but the id.
create table companion.contact (
  contact_id uuid not null primary key,
  address text null,
  match_key bytea null,
  abuse_key bytea null,
  message text null,
  created_at timestamptz not null,
  erased_at timestamptz null
);

create index contact_match on companion.contact (match_key);
create index contact_abuse on companion.contact (abuse_key, created_at);

-- Keyed hashes of addresses that asked never to be written to again.
create table companion.suppression (
  contact_hash bytea not null primary key,
  created_at timestamptz not null
);

-- Read model of invites, written in the appending transaction.
create table companion.invite_details (
  invite_id uuid not null primary key,
  inviter text not null,
  contact_id uuid not null,
  match_key bytea null,
  status text not null,
  delivery text not null,
  is_open boolean not null,
  generation int not null,
  issued_at timestamptz not null,
  expires_at timestamptz not null,
  ended_at timestamptz null,
  account text null
);

create unique index invite_details_one_open_per_contact on companion.invite_details (match_key) where is_open;
create index invite_details_inviter on companion.invite_details (inviter, issued_at desc, invite_id desc);
create index invite_details_contact on companion.invite_details (contact_id);

create table companion.invite_token (
  hash bytea not null primary key,
  invite_id uuid not null,
  generation int not null,
  created_at timestamptz not null
);

create index invite_token_invite on companion.invite_token (invite_id);

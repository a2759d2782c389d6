create table events.mt_doc_pause (
  id uuid not null,
  data jsonb not null,
  mt_last_modified timestamptz null default transaction_timestamp(),
  mt_dotnet_type varchar null,
  mt_version bigint not null default 0,
  constraint pkey_mt_doc_pause_id primary key (id)
);

-- What moderators tell members and invitees while inviting is paused: one row then, none otherwise. Free text, so never in an event.
create table companion.pause_text (
  text text not null,
  written_at timestamptz not null
);

create unique index pause_text_one on companion.pause_text ((true));

-- Invitees who want to hear when it goes on.
create table companion.pause_wish (
  invite_id uuid not null primary key,
  wished_at timestamptz not null
);

-- Accounts that the identity provider no longer has, and since when that was seen: after some time what is kept of them here goes too.
create table companion.gone_account (
  account text not null primary key,
  seen_at timestamptz not null
);

create table events.mt_doc_member (
  id uuid not null,
  data jsonb not null,
  mt_last_modified timestamptz null default transaction_timestamp(),
  mt_dotnet_type varchar null,
  mt_version bigint not null default 0,
  constraint pkey_mt_doc_member_id primary key (id)
);

-- Which chat account each code was for. Personal data, so never in an event; those that came to nothing go after a day.
create table companion.chat_code (
  member_id uuid not null,
  generation integer not null,
  matrix_id text not null,
  requested_at timestamptz not null,
  is_connected boolean not null default false,
  primary key (member_id, generation),
  -- One account here per chat account; at the end of a statement, because a connection moves from one row to the next.
  constraint chat_code_connected exclude (matrix_id with =) where (is_connected) deferrable initially immediate
);

create index chat_code_matrix_id on companion.chat_code (matrix_id, requested_at);

-- The picture of an account as it is now, and which one the chat server was last given, under which name.
create table companion.picture (
  account text not null primary key,
  picture_id uuid null unique,
  jpeg bytea null,
  avatar_of uuid null,
  avatar text null
);

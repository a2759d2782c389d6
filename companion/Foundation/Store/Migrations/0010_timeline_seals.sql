-- A keyed hash over each entry and all before it, in the feed's order; written behind the appends by one replica at a time.
create table companion.timeline_seal (
  position bigint not null primary key,
  entry_id bigint not null unique,
  xid xid8 not null,
  hash bytea not null
);

-- Where a chain began anew because the timeline was written again: with the hash that the one before had come to.
create table companion.timeline_chain (
  id bigint generated always as identity primary key,
  started_at timestamptz not null,
  hash bytea not null,
  entries bigint not null
);

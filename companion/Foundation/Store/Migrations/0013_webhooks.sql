-- What an entry tells: the same when the timeline is written again. Older entries, and those of an older replica, get one by chance.
alter table companion.timeline_entry add column event_id uuid not null default gen_random_uuid();

-- How far each endpoint of the outgoing webhooks has come in the timeline's feed, and when it said that it is gone.
create table companion.webhook_endpoint (
  name text not null primary key,
  xid xid8 not null,
  entry_id bigint not null,
  stopped_at timestamptz null
);

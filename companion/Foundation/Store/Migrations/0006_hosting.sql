-- One row that readiness writes, so that a full disk or a role without rights is seen before a request meets it.
create table companion.write_probe (
  written_at timestamptz not null
);

insert into companion.write_probe (written_at) values (now());

-- The timeline's resumable feed.
create index timeline_entry_feed on companion.timeline_entry (xid, id);

-- The worker claims a few of each kind; a long queue of one kind must cost the others nothing.
create index outbox_message_kind_due on companion.outbox_message (kind, due_at) where done_at is null and dead_at is null;

-- Conversations with the mail server. The row is written before connecting: one without an outcome means that nobody knows.
create table companion.mail_attempt (
  outbox_id uuid not null references companion.outbox_message (id) on delete cascade,
  attempt int not null,
  started_at timestamptz not null,
  finished_at timestamptz null,
  outcome text null,
  code text null,
  primary key (outbox_id, attempt)
);

-- When the invitee of an expired invite last asked for a new link: the inviter hears of it once a day at most.
create table companion.invite_renewal (
  invite_id uuid not null primary key,
  asked_at timestamptz not null
);

create table events.mt_doc_approval (
  id uuid not null,
  data jsonb not null,
  mt_last_modified timestamptz null default transaction_timestamp(),
  mt_dotnet_type varchar null,
  mt_version bigint not null default 0,
  constraint pkey_mt_doc_approval_id primary key (id)
);

-- Read model of approvals, written in the appending transaction: the moderators' queue.
create table companion.approval_details (
  approval_id uuid not null primary key,
  invite_id uuid not null,
  subject text not null,
  account text null,
  inviter text not null,
  status text not null,
  requested_at timestamptz not null,
  due_at timestamptz null,
  ended_at timestamptz null
);

create index approval_details_open on companion.approval_details (requested_at) where status = 'open';
create index approval_details_invite on companion.approval_details (invite_id);
create index approval_details_inviter on companion.approval_details (inviter, requested_at desc);

-- What people wrote about a case: reasons, questions, answers. Personal data, so never in an event; erased with the invite's contact.
create table companion.approval_note (
  approval_id uuid not null,
  number integer not null,
  author text null,
  text text not null,
  written_at timestamptz not null,
  primary key (approval_id, number)
);

-- Who was brought in by whom, upwards.
create index invite_details_account on companion.invite_details (account) where account is not null;

-- Read model of onboardings, written in the appending transaction.
create table companion.onboarding_details (
  onboarding_id uuid not null primary key,
  invite_id uuid not null,
  account text not null,
  kind text not null,
  status text not null,
  started_at timestamptz not null,
  problems jsonb not null
);

create index onboarding_details_account on companion.onboarding_details (account, started_at desc);
create index onboarding_details_stuck on companion.onboarding_details (started_at) where problems <> '[]'::jsonb;

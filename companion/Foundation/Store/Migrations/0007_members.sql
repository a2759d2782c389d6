-- What the inviter told the moderators about the person; erased with the address.
alter table companion.contact add column note text null;

-- What the invitee answered to the community's questions, by question; erased with the address.
alter table companion.contact add column answers jsonb null;

-- When somebody went on from an invitation's page to the registration. A click, not a look: mail scanners look.
create table companion.invite_opening (
  invite_id uuid not null primary key,
  opened_at timestamptz not null
);

create index onboarding_details_invite on companion.onboarding_details (invite_id);

-- What moderators said of somebody; written in the appending transaction.
create table companion.member_details (
  account text not null primary key,
  is_flagged boolean not null,
  is_frozen boolean not null,
  freezes_below boolean not null
);

insert into companion.member_details (account, is_flagged, is_frozen, freezes_below)
select data ->> 'Account', coalesce((data ->> 'IsFlagged')::boolean, false), coalesce((data ->> 'IsFrozen')::boolean, false), false
from events.mt_doc_member
where data ->> 'Account' is not null;

-- What moderators left for each other when they froze somebody's inviting, until it is thawed. Personal data, so never in an event.
create table companion.freeze_reason (
  account text not null primary key,
  reason text not null
);

-- Who was brought in by whom, downwards.
create index invite_details_redeemed on companion.invite_details (inviter) where status = 'redeemed';

-- The funnel: when each step was first taken. What happened before is read from the events once.
alter table companion.invite_details add column first_out_at timestamptz null;
alter table companion.invite_opening add column first_opened_at timestamptz null;
alter table companion.onboarding_details add column let_in_at timestamptz null, add column in_rooms_at timestamptz null;
alter table companion.approval_details add column seconds_taken integer not null default 0;

update companion.invite_details d
set first_out_at = (
  select min((e.data ->> 'At')::timestamptz) from events.mt_events e
  where e.stream_id = d.invite_id and e.type in ('invite_sent', 'invite_delivery_unknown', 'invite_link_taken'));

update companion.invite_opening set first_opened_at = opened_at;

update companion.onboarding_details n
set let_in_at = (
      select min((e.data ->> 'At')::timestamptz) from events.mt_events e
      where e.stream_id = n.onboarding_id
        and (e.type = 'onboarding_approved' or e.type = 'onboarding_started' and not (e.data ->> 'AwaitingApproval')::boolean)),
    in_rooms_at = (
      select min((e.data ->> 'At')::timestamptz) from events.mt_events e
      join events.mt_doc_onboarding s on s.id = e.stream_id
      where e.stream_id = n.onboarding_id
        and (e.type in ('room_joined', 'room_invited') or e.type = 'onboarding_completed' and s.data -> 'Rooms' = '[]'::jsonb));

create index onboarding_details_started on companion.onboarding_details (started_at);
create index approval_details_requested on companion.approval_details (requested_at);

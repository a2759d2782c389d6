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

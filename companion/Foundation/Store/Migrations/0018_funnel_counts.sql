-- How many of each week's invitations got how far, and how long the steps took them. Kept by triggers, in the transaction that changes an
-- invitation and by whichever version does; each change is a row of its own, so that nobody waits for another's, and fold_funnel() puts
-- them together now and then.
create table companion.funnel_count (
  week date not null,
  step text not null,
  -- How long the step took from the one before, in eighths of powers of two of seconds; null where it is only counted who got so far.
  duration smallint null,
  amount bigint not null,
  milliseconds bigint not null
);
create index funnel_count_week on companion.funnel_count (week);

create view companion.funnel_invite as
select d.invite_id, d.issued_at, d.first_out_at as sent_at, coalesce(o.first_opened_at, o.opened_at) as opened_at,
  case when d.status = 'redeemed' then d.ended_at end as registered_at, n.started_at, n.let_in_at, n.in_rooms_at,
  exists (select from companion.approval_details a where a.invite_id = d.invite_id) as is_decided
from companion.invite_details d
left join companion.invite_opening o on o.invite_id = d.invite_id
left join companion.onboarding_details n on n.invite_id = d.invite_id and n.kind = 'newcomer';

create function companion.week_of(at timestamptz) returns date language sql immutable as $$ select date_trunc('week', at at time zone 'UTC')::date $$;

create function companion.funnel_rows(i companion.funnel_invite)
returns table (week date, step text, duration smallint, amount bigint, milliseconds bigint) language sql stable as $$
  select companion.week_of(i.issued_at), s.step, null::smallint, 1::bigint, 0::bigint
  from (values
    ('issued', true),
    ('sent', num_nonnulls(i.sent_at, i.opened_at, i.registered_at, i.let_in_at, i.in_rooms_at) > 0),
    ('opened', num_nonnulls(i.opened_at, i.registered_at, i.let_in_at, i.in_rooms_at) > 0),
    ('registered', num_nonnulls(i.registered_at, i.let_in_at, i.in_rooms_at) > 0),
    ('approved', num_nonnulls(i.let_in_at, i.in_rooms_at) > 0),
    ('in_rooms', i.in_rooms_at is not null)) s (step, reached)
  where s.reached and i.issued_at is not null
  union all
  select companion.week_of(i.issued_at), s.step, (sign(s.took) * floor(8 * ln(1 + abs(s.took)) / ln(2)))::smallint, 1, (1000 * s.took)::bigint
  from (values
    ('sent', extract(epoch from i.sent_at - i.issued_at)::float8),
    ('opened', extract(epoch from i.opened_at - i.sent_at)::float8),
    ('registered', extract(epoch from i.registered_at - i.opened_at)::float8),
    ('approved', extract(epoch from i.let_in_at - i.registered_at)::float8),
    ('in_rooms', extract(epoch from i.in_rooms_at - i.let_in_at)::float8)) s (step, took)
  where s.took is not null and i.issued_at is not null
  union all
  select companion.week_of(i.started_at), s.step, null, 1, 0
  from (values ('newcomers', true), ('without_human', i.let_in_at = i.started_at and not i.is_decided)) s (step, holds)
  where s.holds and i.started_at is not null and i.issued_at is not null
$$;

create function companion.keep_funnel() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  was companion.funnel_invite;
  became companion.funnel_invite;
begin
  -- Changes of one invitation come one after the other, each on top of what the one before has counted.
  perform from companion.invite_details where invite_id = new.invite_id for no key update;
  select * into became from companion.funnel_invite f where f.invite_id = new.invite_id limit 1;
  was := became;
  if tg_table_name = 'invite_details' then
    was.issued_at := old.issued_at;
    was.sent_at := old.first_out_at;
    was.registered_at := case when old.status = 'redeemed' then old.ended_at end;
  elsif tg_table_name = 'invite_opening' then
    was.opened_at := coalesce(old.first_opened_at, old.opened_at);
  elsif tg_table_name = 'onboarding_details' then
    was.started_at := old.started_at;
    was.let_in_at := old.let_in_at;
    was.in_rooms_at := old.in_rooms_at;
  else
    was.is_decided := exists (select from companion.approval_details where invite_id = new.invite_id and approval_id <> new.approval_id);
  end if;
  insert into companion.funnel_count
  select c.week, c.step, c.duration, sum(c.sign * c.amount), sum(c.sign * c.milliseconds)
  from (
    select r.*, -1 as sign from companion.funnel_rows(was) r
    union all select r.*, 1 from companion.funnel_rows(became) r) c
  group by c.week, c.step, c.duration
  having sum(c.sign * c.amount) <> 0 or sum(c.sign * c.milliseconds) <> 0;
  return null;
end $$;

create function companion.keep_seconds_taken() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  insert into companion.funnel_count
  values (companion.week_of(new.requested_at), 'seconds_taken', null, new.seconds_taken - coalesce(old.seconds_taken, 0), 0);
  return null;
end $$;

-- Counts everything anew; changes wait for it.
create function companion.count_funnel() returns void language sql as $$
  lock table companion.funnel_count in share row exclusive mode;
  delete from companion.funnel_count;
  insert into companion.funnel_count
  select r.week, r.step, r.duration, count(*), sum(r.milliseconds)
  from companion.funnel_invite i cross join lateral companion.funnel_rows(i) r
  group by r.week, r.step, r.duration
  union all
  select companion.week_of(requested_at), 'seconds_taken', null, sum(seconds_taken), 0
  from companion.approval_details group by companion.week_of(requested_at)
$$;

create function companion.fold_funnel() returns void language sql as $$
  with folded as (
    delete from companion.funnel_count
    where week in (select week from companion.funnel_count group by week, step, duration having count(*) > 1)
    returning *)
  insert into companion.funnel_count
  select week, step, duration, sum(amount), sum(milliseconds) from folded group by week, step, duration having sum(amount) <> 0
$$;

create trigger keep_funnel_issued after insert on companion.invite_details for each row execute function companion.keep_funnel();
create trigger keep_funnel_changed after update on companion.invite_details for each row
when ((old.issued_at, old.first_out_at, case when old.status = 'redeemed' then old.ended_at end)
  is distinct from (new.issued_at, new.first_out_at, case when new.status = 'redeemed' then new.ended_at end))
execute function companion.keep_funnel();
create trigger keep_funnel_opened after insert on companion.invite_opening for each row execute function companion.keep_funnel();
create trigger keep_funnel_started after insert on companion.onboarding_details for each row
when (new.kind = 'newcomer') execute function companion.keep_funnel();
create trigger keep_funnel_let_in after update on companion.onboarding_details for each row
when (new.kind = 'newcomer' and (old.started_at, old.let_in_at, old.in_rooms_at) is distinct from (new.started_at, new.let_in_at, new.in_rooms_at))
execute function companion.keep_funnel();
create trigger keep_funnel_decided after insert on companion.approval_details for each row execute function companion.keep_funnel();
create trigger keep_seconds_requested after insert on companion.approval_details for each row
when (new.seconds_taken <> 0) execute function companion.keep_seconds_taken();
create trigger keep_seconds_taken after update on companion.approval_details for each row
when (new.seconds_taken <> old.seconds_taken) execute function companion.keep_seconds_taken();

-- Everything that triggers keep, locked in the order in which they come.
create function companion.count_again() returns void language sql as $$ select companion.count_funnel(); select companion.count_people() $$;
select companion.count_funnel();

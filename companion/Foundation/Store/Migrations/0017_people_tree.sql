-- Who brought whom: everybody who came by an invite or has sent one, with how many came by them. See docs/decisions/0020. Kept by a trigger, in
-- the transaction that writes invite_details. Who came by several invites stays with the first; where somebody is invited by one of those below,
-- the circle stays open. Triggers have their owner's rights: an older version's role has none on what is new.
create table companion.person (
  account text not null primary key,
  inviter text null,
  invite_id uuid null,
  joined_at timestamptz null,
  brought integer not null default 0,
  below integer not null default 0
);
create index person_brought on companion.person (inviter, below desc, account);
create index person_first on companion.person (below desc, account) where inviter is null;

create function companion.keep_person() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  added integer;
  up text := new.inviter;
begin
  insert into companion.person (account) values (new.inviter) on conflict do nothing;
  if new.status <> 'redeemed' or new.account is null then
    return null;
  end if;
  insert into companion.person (account) values (new.account) on conflict do nothing;
  select 1 + below into added from companion.person where account = new.account and inviter is null for update;
  if not found or new.account in (
      with recursive above (account) as (
        select new.inviter
        union select p.inviter from above join companion.person p on p.account = above.account where p.inviter is not null)
      select account from above) then
    return null;
  end if;
  update companion.person set inviter = new.inviter, invite_id = new.invite_id, joined_at = new.ended_at where account = new.account;
  update companion.person set brought = brought + 1 where account = new.inviter;
  -- Upwards, one after the other: who was moved meanwhile is waited for, and read as he is then.
  while up is not null loop
    update companion.person set below = below + added where account = up returning inviter into up;
  end loop;
  return null;
end $$;

-- Counts everybody anew; appends wait for it.
create function companion.count_people() returns void language plpgsql as $$
declare
  deepest integer := 0;
begin
  lock table companion.person in share row exclusive mode;
  delete from companion.person;
  create temp table counted on commit drop as
  select account, inviter, invite_id, ended_at as joined_at, null::integer as depth, 0 as brought, 0 as below
  from (
    select distinct on (account) account, inviter, invite_id, ended_at from companion.invite_details
    where status = 'redeemed' and account <> inviter
    order by account, ended_at, invite_id) came
  union all
  select inviter, null, null, null, 0, 0, 0
  from (select distinct inviter from companion.invite_details) i
  where not exists (select from companion.invite_details d where d.account = i.inviter and d.status = 'redeemed' and d.inviter <> i.inviter);
  create unique index on counted (account);
  create index on counted (inviter);
  create index on counted (depth);
  analyze counted;
  loop
    update counted c set depth = deepest + 1 from counted i where i.account = c.inviter and i.depth = deepest and c.depth is null;
    if found then
      deepest := deepest + 1;
    else
      -- Those who are left stand in circles or below them; the first of them who came opens his.
      update counted set depth = 0, inviter = null, invite_id = null, joined_at = null
      where account = (select account from counted where depth is null order by joined_at, account limit 1);
      exit when not found;
      deepest := 0;
    end if;
  end loop;
  for level in reverse (select coalesce(max(depth), 0) from counted)..1 loop
    update counted c set brought = b.brought, below = b.below
    from (select inviter, count(*) as brought, sum(1 + below) as below from counted where depth = level group by inviter) b
    where c.account = b.inviter;
  end loop;
  insert into companion.person select account, inviter, invite_id, joined_at, brought, below from counted;
  drop table counted;
end $$;

create trigger keep_person_issued after insert on companion.invite_details for each row execute function companion.keep_person();
create trigger keep_person_redeemed after update on companion.invite_details for each row
when (new.status = 'redeemed' and old.status <> 'redeemed') execute function companion.keep_person();
select companion.count_people();

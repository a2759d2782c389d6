-- Lists that cost the same however many invites and entries there are.
create index timeline_entry_actor on companion.timeline_entry (actor, id);
create index timeline_entry_type on companion.timeline_entry (type, id);

create index invite_details_status on companion.invite_details (status, issued_at desc, invite_id desc);
create index invite_details_undelivered on companion.invite_details (delivery, issued_at desc, invite_id desc) where delivery in ('failed', 'unknown');
create index onboarding_details_held on companion.onboarding_details (status) where status in ('awaiting_approval', 'denied');

-- All parts of up to three characters: a text can only be inside another that has its parts. Needs no extension.
create function companion.parts(whole text) returns text[] language sql immutable strict parallel safe as
$$ select array(select substr(whole, start, long) from generate_series(1, length(whole)) start, generate_series(1, 3) long) $$;
-- Those of them that are enough to look for: the longest.
create function companion.longest_parts(whole text) returns text[] language sql immutable strict parallel safe as
$$ select array(select substr(whole, start, 3) from generate_series(1, greatest(length(whole) - 2, 1)) start) $$;
create index contact_parts on companion.contact using gin (companion.parts(lower(address)));

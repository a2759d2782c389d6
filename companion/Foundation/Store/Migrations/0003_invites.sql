-- Quotas count an inviter's open invites; moderators page through the invites of all.
create index invite_details_open on companion.invite_details (inviter) where is_open;
create index invite_details_issued on companion.invite_details (issued_at desc, invite_id desc);

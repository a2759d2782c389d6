import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { statuses, statusText } from "./pages/invitations/status";
import { readMessages } from "./test/messages";
import { invite } from "./test/samples";

const english = readMessages("en");
const german = readMessages("de");
const sources = readdirSync("src", { recursive: true, encoding: "utf8" })
  .filter((file) => /\.tsx?$/.test(file) && !file.includes("test"))
  .map((file) => readFileSync(join("src", file), "utf8"))
  .join("\n");
const ownGroups =
  "companion|quota|invitations|status|invite|welcome|chat|problem|moderation|approvals|timeline|people|funnel|problems|pause";
const ownKey = new RegExp(`^(${ownGroups})\\.`);
const bare = (key: string) => key.replace(/_(one|other)$/, "");

// Keys that are put together at run time start with one of these.
const families = [
  "status.",
  "problem.",
  "invitations.action.",
  "invitations.done.",
  "invite.obstacle.",
  "welcome.status.",
  "welcome.room.",
  "welcome.chat.",
  "approvals.tab.",
  "approvals.subject.",
  "approvals.status.",
  "approvals.action.",
  "approvals.done.",
  "approvals.key.",
  "approvals.deny.",
  "approvals.ask.",
  "timeline.kinds.",
  "timeline.from",
  "timeline.to",
  "timeline.chosen.",
  "timeline.export.",
  "timeline.event.",
  "people.views.",
  "people.standing.",
  "people.status.",
  "people.action.",
  "people.freeze.",
  "people.revoke-pending.",
  "people.done.",
  "funnel.count.",
  "funnel.step.",
  "problems.code.",
  "problems.kind.",
  "problems.subject.",
];

/** Every event has a golden file. */
const events = readdirSync("../../tests/Companion.Tests/Golden").map((file) => file.replace(".json", ""));

/** Those whose detail is one of a few words, so that the sentence can tell it. */
const eventsWithWords = [
  ...["inviter", "invitee"].map((who) => `invite_reminded.${who}`),
  ...["approve", "refuse"].map((vote) => `approval_vote_cast.${vote}`),
  ...["here", "identity_provider", "deadline"].flatMap((place) => [`approval_granted.${place}`, `approval_refused.${place}`]),
  "inviting_frozen.below",
];

const codes = `contact_missing contact_malformed contact_own contact_duplicate already_in_organisation organisation_not_allowed
  group_missing group_not_allowed membership_malformed memberships_too_many room_not_allowed
  room_malformed rooms_too_many rooms_unavailable language_unknown note_has_control message_has_control message_has_link message_too_long note_too_long
  vouch_missing quota_open quota_day recipient_limit inviter_gone inviting_paused inviting_frozen inviter_too_new invite_expired
  invite_revoked invite_redeemed invite_declined invite_in_use invite_unknown invite_waiting contact_forgotten link_not_allowed
  extension_limit rows_missing rows_too_many organizations_too_many idempotency_mismatch version_conflict companion_unavailable too_many_requests
  request_malformed parameter_malformed media_type_unsupported method_not_allowed cursor_malformed request_too_large unauthenticated forbidden not_found internal status_unknown limit_out_of_range picture_malformed
  picture_too_large matrix_id_malformed matrix_unreachable matrix_taken code_limit code_wrong code_expired
  approval_unknown approval_settled approval_own_invitee approval_not_allowed approval_taken reason_missing question_missing
  problem_unknown problem_settled problem_not_skippable`.split(/\s+/);

describe("the texts", () => {
  it("are the same keys in English and German", () => {
    expect(Object.keys(german).sort()).toEqual(Object.keys(english).sort());
  });

  it("fill in the same values in English and German", () => {
    const values = (text: string) => [...new Set(text.match(/{{\w+}}/g))].sort();
    const differing = Object.keys(english).filter((key) => values(english[key] ?? "").join() !== values(german[key] ?? "").join());
    expect(differing).toEqual([]);
  });

  it("have both forms of every plural", () => {
    const keys = new Set(Object.keys(english));
    const alone = [...keys].filter((key) => key !== bare(key) && !(keys.has(`${bare(key)}_one`) && keys.has(`${bare(key)}_other`)));
    expect(alone).toEqual([]);
  });

  it("are there for every key that the sources name", () => {
    const named = [...sources.matchAll(new RegExp(`"((?:${ownGroups})\\.[\\w.]+)"`, "g"))].map(([, key]) => key ?? "");
    const known = new Set(Object.keys(english).map(bare));
    expect(named.length).toBeGreaterThan(100);
    expect(named.filter((key) => !known.has(key))).toEqual([]);
  });

  it("are all shown somewhere", () => {
    const unused = Object.keys(english).filter(
      (key) => ownKey.test(key) && !sources.includes(`"${bare(key)}"`) && !families.some((family) => key.startsWith(family)),
    );
    expect(unused).toEqual([]);
  });

  it("name every state of an invitation, beside it and in the filter", () => {
    const needed = statuses.flatMap((status) => [...statusText(invite({ status })).keys.slice(-1), `status.filter.${status}`]);
    expect(needed.filter((key) => english[key] === undefined)).toEqual([]);
  });

  it("say every event of the timeline as a sentence, about the same people in both languages", () => {
    const people = (text: string) => (text.match(/<\w+\/>/g) ?? []).sort().join();
    expect(events.length).toBeGreaterThan(50);
    const needed = [...events, ...eventsWithWords].map((event) => `timeline.event.${event}`);
    expect(needed.filter((key) => english[key] === undefined)).toEqual([]);
    const keys = Object.keys(english).filter((key) => key.startsWith("timeline.event."));
    expect(keys.filter((key) => people(english[key] ?? "") !== people(german[key] ?? ""))).toEqual([]);
  });

  it("say du in German", () => {
    expect(Object.values(german).filter((text) => /\b(Ihnen|Ihre?[nmrs]?)\b|\bSie (können|haben|sind|müssen)\b/.test(text))).toEqual([]);
  });

  it("have a sentence for every refusal code of the API", () => {
    const known = new Set(Object.keys(english).map(bare));
    expect(codes.filter((code) => !known.has(`problem.${code}`))).toEqual([]);
  });
});

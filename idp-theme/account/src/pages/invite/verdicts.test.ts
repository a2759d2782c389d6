import { describe, expect, it } from "vitest";
import { adminOptions } from "../../test/samples";
import { newRow } from "./rows";
import { groupVerdicts, rowFieldOf, sharedRefusals, toVerdicts } from "./verdicts";

const [first, second, third] = [newRow({ contact: "a" }), newRow({ contact: "b" }), newRow({ contact: "a", language: "fr" })];
const rows = [first, second, third];
const refused = (row: number, code: string, field: string | null, argument: string | null = null) => ({
  ...{ row, outcome: "refused", code, message: "English", field, argument },
});

describe("a verdict", () => {
  it("is tied to its row, whatever the order", () => {
    const verdicts = toVerdicts([refused(2, "contact_malformed", "contact"), { ...refused(1, "", null), outcome: "good" }], rows, () => 1);
    expect(verdicts[first.id]).toEqual({ isGood: true });
    expect(verdicts[second.id]).toMatchObject({ isGood: false, code: "contact_malformed" });
    expect(verdicts[third.id]).toBeUndefined();
  });

  it("names a double by the number that the reader sees on its row", () => {
    const asked = [first, third];
    const verdicts = toVerdicts([refused(2, "contact_duplicate", "contact", "1")], asked, (row) => (row === first ? 17 : 0));
    expect(verdicts[third.id]).toMatchObject({ argument: "17" });
  });

  it("belongs to a field of the row, or to what all rows share", () => {
    expect(rowFieldOf({ ...refused(1, "group_missing", "group") }, first)).toBe("group");
    expect(rowFieldOf({ ...refused(1, "language_unknown", "language") }, third)).toBe("language");
    expect(rowFieldOf({ ...refused(1, "language_unknown", "language") }, first)).toBeUndefined();
    expect(rowFieldOf({ ...refused(1, "message_has_link", "message") }, first)).toBeUndefined();
  });

  it("about rooms or a message that a row has of its own belongs to the row", () => {
    const own = newRow({ rooms: ["Genral"], message: "See www.example.org" });
    expect(rowFieldOf({ ...refused(1, "room_not_allowed", "rooms") }, own)).toBe("rooms");
    expect(rowFieldOf({ ...refused(1, "message_has_link", "message") }, own)).toBe("message");
    expect(rowFieldOf({ ...refused(1, "room_not_allowed", "rooms") }, first)).toBeUndefined();
  });

  it("about the message is shown once, at the message", () => {
    const verdicts = toVerdicts(
      [1, 2, 3].map((row) => refused(row, "message_has_link", "message")),
      rows,
      () => 1,
    );
    expect(Object.keys(sharedRefusals(verdicts, rows))).toEqual(["message"]);
  });
});

describe("a row without a group", () => {
  const codeFor = (organization: string, group: string, options = adminOptions) => {
    const row = newRow({ contact: "a", organization, group });
    const verdict = groupVerdicts([row], options, options.organizations)[row.id];
    return verdict && !verdict.isGood ? verdict.code : undefined;
  };

  it.each([
    ["crew", "", "group_missing"],
    ["Harbour Crew", " ", "group_missing"],
    ["crew", "/members", undefined],
    ["", "", undefined],
  ])("in organisation '%s' with group '%s' is judged here: %s", (organization, group, expected) => {
    expect(codeFor(organization, group)).toBe(expected);
  });

  it("is asked for one only where there may be one", () => {
    expect(codeFor("strangers", "")).toBe("organisation_not_allowed");
    expect(codeFor("strangers", "", { ...adminOptions, nextOrganizations: "2" })).toBe("group_missing");
  });
});

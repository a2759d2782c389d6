import { describe, expect, it } from "vitest";
import type { DryRun } from "../../api/types";
import { askedOf } from "./asked";

type Row = DryRun["invites"][number];

function row(...approvals: Row["approvals"]): Row {
  return { row: 1, outcome: "good", code: null, message: null, field: null, argument: null, memberships: [], approvals };
}

describe("what moderators look at before it goes out", () => {
  it("counts rows and says every rule once", () => {
    const young = { rule: "young", sentence: "Young accounts" };
    expect(askedOf([row(), row(young), row(young, { rule: "domain", sentence: "Other domains" })])).toEqual({
      count: 2,
      sentences: ["Young accounts", "Other domains"],
    });
  });

  it("counts rows also where a rule says nothing", () => {
    expect(askedOf([row({ rule: "quiet", sentence: null })])).toEqual({ count: 1, sentences: [] });
  });
});

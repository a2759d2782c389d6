import { describe, expect, it } from "vitest";
import { forgetDrafts } from "./drafts";

describe("drafts", () => {
  it("are gone for who signs out, and nothing else is", () => {
    sessionStorage.setItem("companion-draft.alice.invite", "{}");
    sessionStorage.setItem("companion-draft.alice.pause", '"A raid."');
    sessionStorage.setItem("other", "stays");
    forgetDrafts();
    expect(Object.keys(sessionStorage)).toEqual(["other"]);
  });
});

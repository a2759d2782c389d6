import { describe, expect, it } from "vitest";
import { filterOf, parametersOf, queryOf } from "./filter";

describe("the timeline's filter", () => {
  it("comes back from the address as it went there, without what is empty", () => {
    const filter = { person: "alice", from: "2026-11-01" };
    expect(filterOf(parametersOf({ ...filter, kind: "" }))).toEqual(filter);
  });

  it("asks from the beginning of the first day to the end of the last, as the reader's clock has them", () => {
    const { from, to } = queryOf({ from: "2026-11-01", to: "2026-11-01" });
    expect(new Date(from ?? "")).toEqual(new Date(2026, 10, 1));
    expect(new Date(to ?? "")).toEqual(new Date(2026, 10, 2));
  });

  it("leaves out a day that is none", () => {
    expect(queryOf({ from: "tomorrow" })).toEqual({ from: undefined, to: undefined });
  });
});

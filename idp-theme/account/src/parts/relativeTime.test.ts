import { describe, expect, it } from "vitest";
import { relativeTime } from "./relativeTime";

const now = new Date("2026-11-21T12:00:00Z");
const said = (then: string, locale = "en") => relativeTime(new Date(then), now, locale);

describe("a relative time", () => {
  it("is said in the largest whole unit", () => {
    expect(said("2026-11-21T11:59:50Z")).toBe("now");
    expect(said("2026-11-21T11:57:10Z")).toBe("2 minutes ago");
    expect(said("2026-11-21T09:00:00Z")).toBe("3 hours ago");
    expect(said("2026-12-05T11:00:00Z")).toBe("in 13 days");
  });

  it("is said in the reader's language", () => {
    expect(said("2026-11-20T12:00:00Z", "de")).toBe("gestern");
  });
});

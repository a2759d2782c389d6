import { describe, expect, it } from "vitest";
import { durationText } from "./duration";

describe("a duration", () => {
  it("is said in the largest whole unit, and precisely where it is small", () => {
    expect([1, 59, 60, 90, 5400, 86_400 * 12.4].map((seconds) => durationText(seconds, "en"))).toEqual([
      "1 second",
      "59 seconds",
      "1 minute",
      "1.5 minutes",
      "1.5 hours",
      "12 days",
    ]);
  });

  it("is said in the reader's language", () => {
    expect(durationText(5400, "de")).toBe("1,5 Stunden");
  });
});

import { describe, expect, it } from "vitest";
import { funnel } from "../../test/samples";
import { counts, plot, roundTop } from "./plot";

describe("the funnel's plot", () => {
  it("draws bars as high as their numbers, all on one line and inside", () => {
    const { groups, ticks } = plot(funnel.weeks, 600, 200);
    const top = ticks.at(-1)!.value;
    const bars = groups.flatMap(({ bars }) => bars);
    expect(bars).toHaveLength(funnel.weeks.length * counts.length);
    for (const { x, y, width, height, value } of bars) {
      expect(height).toBeCloseTo((value / top) * 200);
      expect(y + height).toBeCloseTo(200);
      expect(y).toBeGreaterThanOrEqual(0);
      expect(x + width).toBeLessThanOrEqual(600);
    }
  });

  it("keeps the steps of a week apart from those of the next", () => {
    const { groups } = plot(funnel.weeks, 600, 200);
    const ends = groups.map(({ bars }) => [bars[0]!.x, bars.at(-1)!.x + bars.at(-1)!.width] as const);
    ends.slice(1).forEach(([start], index) => expect(start).toBeGreaterThan(ends[index]![1]));
  });

  it("ends its scale at a number that reads well", () => {
    expect([0, 2, 3, 5, 10, 11, 21, 109, 250].map(roundTop)).toEqual([2, 2, 4, 6, 10, 12, 40, 120, 400]);
  });

  it("bears weeks without anything", () => {
    expect(plot([], 600, 200).groups).toEqual([]);
  });
});

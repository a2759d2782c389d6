import type { FunnelWeek } from "../../api/types";

/** From the first step to the last, in the order of the funnel. */
export const counts = ["issued", "sent", "opened", "registered", "approved", "inRooms"] as const;

export type Count = (typeof counts)[number];
export type Bar = { count: Count; x: number; y: number; width: number; height: number; value: number };
export type Plot = { groups: { week: string; middle: number; bars: Bar[] }[]; ticks: { value: number; y: number }[] };

/** For each week a group of bars from the first step to the last. */
export function plot(weeks: FunnelWeek[], width: number, height: number): Plot {
  const top = roundTop(Math.max(0, ...weeks.flatMap((week) => counts.map((count) => week[count]))));
  const slot = width / Math.max(1, weeks.length);
  const bar = (slot * 0.84) / counts.length;
  const heightOf = (value: number) => (value / top) * height;
  return {
    groups: weeks.map((week, index) => ({
      week: week.week,
      middle: (index + 0.5) * slot,
      bars: counts.map((count, step) => ({
        count,
        x: index * slot + slot * 0.08 + step * bar,
        y: height - heightOf(week[count]),
        width: bar,
        height: heightOf(week[count]),
        value: week[count],
      })),
    })),
    ticks: [0, top / 2, top].map((value) => ({ value, y: height - heightOf(value) })),
  };
}

/** The next even number that reads well: 4, 12, 60, 120 and so on. */
export function roundTop(most: number): number {
  for (let power = 1; ; power *= 10) {
    const top = [2, 4, 6, 8, 10, 12, 16].map((one) => one * power).find((top) => top >= most);
    if (top) {
      return top;
    }
  }
}

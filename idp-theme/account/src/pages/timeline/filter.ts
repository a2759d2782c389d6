import type { TimelineQuery } from "../../api/moderation";

const names = ["kind", "type", "person", "invite", "from", "to"] as const;

/** Enough of an invitation's id to tell it from others on a page. */
export const shortInvite = (invite: string) => invite.slice(0, 8);

export type TimelineFilter = Partial<Record<(typeof names)[number], string>>;

/** The filter in a page's address, where `from` and `to` are days. */
export function filterOf(parameters: URLSearchParams): TimelineFilter {
  return Object.fromEntries(names.flatMap((name) => (parameters.get(name) ? [[name, parameters.get(name) ?? ""]] : [])));
}

export function parametersOf(filter: TimelineFilter): URLSearchParams {
  return new URLSearchParams(Object.entries(filter).filter(([, value]) => value));
}

/** What the companion is asked: the days as the reader's, the last one to its end. */
export function queryOf({ from, to, ...rest }: TimelineFilter): TimelineQuery {
  return { ...rest, from: from && startOf(from, 0), to: to && startOf(to, 1) };
}

function startOf(day: string, daysLater: number): string | undefined {
  const time = new Date(`${day}T00:00:00`);
  if (Number.isNaN(time.getTime())) {
    return undefined;
  }
  time.setDate(time.getDate() + daysLater);
  return time.toISOString();
}

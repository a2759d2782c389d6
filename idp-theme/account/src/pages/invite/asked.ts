import type { DryRun } from "../../api/types";

/** How many invitations wait for moderators before they go out, and what the rules say that ask for it. */
export type Asked = { count: number; sentences: string[] };

export function askedOf(rows: DryRun["invites"]): Asked {
  const waiting = rows.filter(({ approvals }) => approvals.length > 0);
  const sentences = waiting.flatMap(({ approvals }) => approvals.map(({ sentence }) => sentence)).filter((sentence) => sentence !== null);
  return { count: waiting.length, sentences: [...new Set(sentences)] };
}

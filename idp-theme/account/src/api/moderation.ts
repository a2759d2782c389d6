import { queryString, type Transport } from "./transport";
import type { Approval, ApprovalPage, FunnelAnswer, NamesAnswer, PauseAnswer, PeopleAnswer, Problems, TimelinePage } from "./types";

export type ApprovalQuery = { decided?: boolean; language?: string; cursor?: string; limit?: number };
export type ApprovalAction = "approve" | "deny" | "ask" | "take" | "drop";
export type TimelineQuery = { kind?: string; type?: string; person?: string; invite?: string; from?: string; to?: string };
export type TimelineFormat = "csv" | "ndjson";
export type PeopleQuery = { root?: string; search?: string; cursor?: string; limit?: number };

/** Of a person in the tree: what a moderator may do, with what it takes. */
export type BranchCommand =
  | { action: "freeze"; below: boolean; reason: string }
  | { action: "thaw" | "flag" | "unflag" }
  | { action: "revoke-pending"; below: boolean };

/** What only moderators are answered. */
export function moderationApi({ call, json, conditional }: Transport) {
  const id = encodeURIComponent;
  return {
    approvals: (query: ApprovalQuery, etag?: string | null, signal?: AbortSignal) =>
      conditional<ApprovalPage>(`approvals${queryString(query)}`, etag, signal),
    approval: (approval: string, language: string, etag?: string | null, signal?: AbortSignal) =>
      conditional<Approval>(`approvals/${id(approval)}${queryString({ language })}`, etag, signal),
    decide: (approval: string, action: ApprovalAction, note?: string) =>
      json<Approval>(`approvals/${id(approval)}/${action}`, { method: "POST", body: takesNote(action) ? { note } : undefined }),
    timeline: (query: TimelineQuery & { cursor?: string; limit?: number }, signal?: AbortSignal) =>
      json<TimelinePage>(`timeline${queryString(query)}`, { signal }),
    timelineFile: async (query: TimelineQuery, format: TimelineFormat) => (await call(`timeline.${format}${queryString(query)}`)).blob(),
    problems: (signal?: AbortSignal) => json<Problems>("problems", { signal }),
    solve: async (problem: string, action: "retry" | "skip") => {
      await call(`problems/${id(problem)}/${action}`, { method: "POST" });
    },
    names: (accounts: string[]) =>
      json<NamesAnswer>(`people/names?${new URLSearchParams(accounts.map((account) => ["account", account]))}`),
    people: (query: PeopleQuery, signal?: AbortSignal) => json<PeopleAnswer>(`people${queryString(query)}`, { signal }),
    /** @returns How many invitations were withdrawn; 0 for the other actions. */
    changeBranch: async (account: string, { action, ...body }: BranchCommand) => {
      const hasBody = Object.keys(body).length > 0;
      const response = await call(`people/${id(account)}/${action}`, { method: "POST", body: hasBody ? body : undefined });
      return action === "revoke-pending" ? ((await response.json()) as { revoked: number }).revoked : 0;
    },
    funnel: (weeks: number, signal?: AbortSignal) => json<FunnelAnswer>(`funnel${queryString({ weeks })}`, { signal }),
    pause: (signal?: AbortSignal) => json<PauseAnswer>("pause", { signal }),
    setPause: async (pause: { paused: boolean; text: string | null }) => {
      await call("pause", { method: "POST", body: pause });
    },
  };
}

function takesNote(action: ApprovalAction): boolean {
  return action === "approve" || action === "deny" || action === "ask";
}

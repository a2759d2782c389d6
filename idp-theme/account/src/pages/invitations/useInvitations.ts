import { useCallback } from "react";
import { useApi } from "../../api/ApiContext";
import type { Invite, InvitePage } from "../../api/types";
import type { Pause } from "../../parts/useLoop";
import { usePages } from "../../parts/usePages";
import { pauseFor } from "./status";

/** Whose: the caller's own, everybody's, or one inviter's. */
export type Whose = "own" | "all" | { inviter: string };
export type Filter = { status: string; search: string };

export const everything: Filter = { status: "", search: "" };

const pageSize = 20;

const pauseForPages = (pages: InvitePage[]): Pause => pauseFor(invitesOf(pages));
const invitesOf = (pages: InvitePage[]) => pages.flatMap(({ invites }) => invites);

/** The invitations under a filter, kept up to date; mount it anew for another filter. */
export function useInvitations(whose: Whose, { status, search }: Filter) {
  const api = useApi();
  const all = whose === "all";
  const inviter = typeof whose === "object" ? whose.inviter : undefined;
  const read = useCallback(
    (cursor: string | undefined, etag: string | null | undefined, signal: AbortSignal) =>
      api.invitations({ status, search, all, inviter, cursor, limit: pageSize }, etag, signal),
    [api, status, search, all, inviter],
  );
  const { pages, patch, ...list } = usePages(read, pauseForPages);
  const replace = useCallback(
    (changed: Invite) =>
      patch((page) => ({ ...page, invites: page.invites.map((invite) => (invite.id === changed.id ? changed : invite)) })),
    [patch],
  );
  return { ...list, invites: pages && invitesOf(pages), replace };
}

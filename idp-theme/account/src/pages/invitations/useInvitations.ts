import { useCallback, useRef, useState } from "react";
import type { Conditional } from "../../api/api";
import { useApi } from "../../api/ApiContext";
import { type Problem, toProblem } from "../../api/Problem";
import type { Invite, InvitePage } from "../../api/types";
import { type Pause, useLoop } from "../../parts/useLoop";
import { pauseFor } from "./status";

export type Filter = { status: string; search: string };

type Page = { cursor?: string; value: InvitePage; etag: string | null };
type ReadPage = (cursor?: string, etag?: string | null) => Promise<Conditional<InvitePage>>;

const pageSize = 20;
const afterFailure = 30_000;

/** The invitations under a filter, kept up to date; mount it anew for another filter. */
export function useInvitations({ status, search }: Filter) {
  const api = useApi();
  const known = useRef<Page[]>([]);
  const [invites, setInvites] = useState<Invite[]>();
  const [hasMore, setHasMore] = useState(false);
  const [wanted, setWanted] = useState(1);
  const [problem, setProblem] = useState<Problem>();

  const show = useCallback((pages: Page[]) => {
    known.current = pages;
    setInvites(pages.flatMap(({ value }) => value.invites));
    setHasMore(pages.at(-1)?.value.next != null);
  }, []);

  const step = useCallback(
    async (signal: AbortSignal): Promise<Pause> => {
      try {
        const read: ReadPage = (cursor, etag) => api.invitations({ status, search, cursor, limit: pageSize }, etag, signal);
        const pages = await readPages(read, known.current, wanted);
        show(pages);
        setProblem(undefined);
        return pauseFor(pages.flatMap(({ value }) => value.invites));
      } catch (error) {
        if (signal.aborted) {
          return null;
        }
        setProblem(toProblem(error));
        return afterFailure;
      }
    },
    [api, status, search, wanted, show],
  );
  const reload = useLoop(step);

  const replace = useCallback(
    (changed: Invite) => {
      show(known.current.map((page) => withInvite(page, changed)));
      reload();
    },
    [show, reload],
  );
  return { invites, hasMore, problem, reload, replace, showMore: () => setWanted((pages) => pages + 1) };
}

/** Reads as many pages as are wanted. A page is asked for by the cursor of the one before, so that nothing falls between two. */
export async function readPages(read: ReadPage, known: Page[], wanted: number): Promise<Page[]> {
  const pages: Page[] = [];
  let cursor: string | undefined;
  while (pages.length < wanted) {
    const before = known[pages.length];
    const isSame = before !== undefined && before.cursor === cursor;
    const answer = await read(cursor, isSame ? before.etag : null);
    const page: Page =
      answer !== "unchanged" ? { cursor, ...answer } : (before ?? { cursor, value: { invites: [], next: null }, etag: null });
    pages.push(page);
    if (page.value.next === null) {
      break;
    }
    cursor = page.value.next;
  }
  return pages;
}

function withInvite(page: Page, changed: Invite): Page {
  const invites = page.value.invites.map((invite) => (invite.id === changed.id ? changed : invite));
  return { ...page, etag: null, value: { ...page.value, invites } };
}

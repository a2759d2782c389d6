import { useCallback, useRef, useState } from "react";
import type { Conditional } from "../api/transport";
import { type Problem, toProblem } from "../api/Problem";
import { type Pause, useLoop } from "./useLoop";

/** One page of a list that is read by cursors. */
type Page = { next: string | null };
type KnownPage<P> = { cursor?: string; value: P; etag: string | null };
type ReadPage<P> = (cursor?: string, etag?: string | null) => Promise<Conditional<P>>;

const afterFailure = 30_000;

/**
 * As many pages as somebody wanted to see, kept up to date; mount it anew for another list.
 * Both functions must stay the same from one rendering to the next.
 */
export function usePages<P extends Page>(
  read: (cursor: string | undefined, etag: string | null | undefined, signal: AbortSignal) => Promise<Conditional<P>>,
  pauseFor: (pages: P[]) => Pause,
) {
  const known = useRef<KnownPage<P>[]>([]);
  const [pages, setPages] = useState<P[]>();
  const [wanted, setWanted] = useState(1);
  const [problem, setProblem] = useState<Problem>();

  const show = useCallback((pages: KnownPage<P>[]) => {
    known.current = pages;
    setPages(pages.map(({ value }) => value));
  }, []);

  const step = useCallback(
    async (signal: AbortSignal): Promise<Pause> => {
      try {
        const pages = await readPages<P>((cursor, etag) => read(cursor, etag, signal), known.current, wanted);
        show(pages);
        setProblem(undefined);
        return pauseFor(pages.map(({ value }) => value));
      } catch (error) {
        if (signal.aborted) {
          return null;
        }
        setProblem(toProblem(error));
        return afterFailure;
      }
    },
    [read, pauseFor, wanted, show],
  );
  const reload = useLoop(step);

  /** Shows what is known already to have changed, and asks again. */
  const patch = useCallback(
    (change: (page: P) => P) => {
      show(known.current.map((page) => ({ ...page, etag: null, value: change(page.value) })));
      reload();
    },
    [show, reload],
  );
  return { pages, hasMore: pages?.at(-1)?.next != null, problem, reload, patch, showMore: () => setWanted((pages) => pages + 1) };
}

/** Reads as many pages as are wanted. A page is asked for by the cursor of the one before, so that nothing falls between two. */
export async function readPages<P extends Page>(read: ReadPage<P>, known: KnownPage<P>[], wanted: number): Promise<KnownPage<P>[]> {
  const pages: KnownPage<P>[] = [];
  let cursor: string | undefined;
  while (pages.length < wanted) {
    const before = known[pages.length];
    const same = before?.cursor === cursor ? before : undefined;
    const answer = await read(cursor, same?.etag ?? null);
    const page = answer === "unchanged" ? same : { cursor, ...answer };
    if (!page) {
      throw new Error("A page that nobody has read can't be unchanged.");
    }
    pages.push(page);
    if (page.value.next === null) {
      break;
    }
    cursor = page.value.next;
  }
  return pages;
}

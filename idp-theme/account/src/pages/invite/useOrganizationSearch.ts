import { useCallback, useEffect, useRef, useState } from "react";
import { useApi } from "../../api/ApiContext";
import { type Problem, toProblem } from "../../api/Problem";
import type { OrganizationOption } from "../../api/types";
import { useDebounced } from "../../parts/useDebounced";

type Found = { search: string; organizations: OrganizationOption[]; next: string | null; problem?: Problem };

const nothing = (search: string): Found => ({ search, organizations: [], next: null });

/** Asks the server for organisations by what is typed, a page at a time; `undefined` asks nothing. Only the last question counts. */
export function useOrganizationSearch(search: string | undefined, learn: (organizations: OrganizationOption[]) => void) {
  const api = useApi();
  const settled = useDebounced(search);
  const [found, setFound] = useState<Found>();
  const [isLoading, setLoading] = useState(false);
  const last = useRef(new AbortController());

  const load = useCallback(
    async (before: Found) => {
      const { search, organizations: known, next } = before;
      last.current.abort();
      const { signal } = (last.current = new AbortController());
      setLoading(true);
      const found = await api.inviteOptions({ search, cursor: next ?? undefined }, signal).then(
        ({ organizations, nextOrganizations }): Found => {
          learn(organizations);
          return { search, organizations: [...known, ...organizations], next: nextOrganizations };
        },
        (error: unknown): Found | undefined => (signal.aborted ? undefined : { ...before, problem: toProblem(error) }),
      );
      if (found && !signal.aborted) {
        setFound(found);
        setLoading(false);
      }
    },
    [api, learn],
  );

  useEffect(() => {
    if (settled !== undefined) {
      void load(nothing(settled));
    }
    return () => last.current.abort();
  }, [settled, load]);

  return {
    organizations: found?.organizations ?? [],
    problem: found?.problem,
    isLoading: isLoading || (search !== undefined && search !== found?.search),
    /** The next page, or the same again after a failure. */
    more: found && (found.next !== null || found.problem) ? () => void load(found) : undefined,
  };
}

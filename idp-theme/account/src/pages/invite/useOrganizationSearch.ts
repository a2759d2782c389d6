import { useCallback, useEffect, useState } from "react";
import { useApi } from "../../api/ApiContext";
import type { OrganizationOption } from "../../api/types";
import { useDebounced } from "../../parts/useDebounced";

type Found = { search: string; organizations: OrganizationOption[]; next: string | null };

/** Asks the server for organisations by what is typed, a page at a time; `undefined` asks nothing. */
export function useOrganizationSearch(search: string | undefined, learn: (organizations: OrganizationOption[]) => void) {
  const api = useApi();
  const settled = useDebounced(search);
  const [found, setFound] = useState<Found>();
  const [isLoading, setLoading] = useState(false);

  const load = useCallback(
    async (search: string, before: Found | undefined, signal?: AbortSignal) => {
      setLoading(true);
      try {
        const { organizations, nextOrganizations } = await api.inviteOptions({ search, cursor: before?.next ?? undefined }, signal);
        learn(organizations);
        setFound({ search, organizations: [...(before?.organizations ?? []), ...organizations], next: nextOrganizations });
      } catch {
        // What is listed stays; typing on asks again.
      } finally {
        setLoading(false);
      }
    },
    [api, learn],
  );

  useEffect(() => {
    if (settled === undefined) {
      return;
    }
    const gone = new AbortController();
    void load(settled, undefined, gone.signal);
    return () => gone.abort();
  }, [settled, load]);

  return {
    organizations: found?.organizations ?? [],
    isLoading: isLoading || (search !== undefined && search !== found?.search),
    showMore: found?.next ? () => void load(found.search, found) : undefined,
  };
}

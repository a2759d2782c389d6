import { useCallback, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useApi } from "../api/ApiContext";
import { useStanding } from "../shell/Standing";
import { personName } from "./personName";

/** Names of those who invited or were invited, for lists that have only ids; who isn't among them is shown by the id. */
export function usePersonNames(): (account: string) => string {
  const { t } = useTranslation();
  const api = useApi();
  const { me } = useStanding();
  const [names, setNames] = useState<ReadonlyMap<string, string | null>>(new Map());
  useEffect(() => {
    const gone = new AbortController();
    api.people({}, gone.signal).then(
      ({ people }) => setNames(new Map(people.map(({ account, name }) => [account, name]))),
      () => undefined,
    );
    return () => gone.abort();
  }, [api]);
  return useCallback(
    (account) => personName(t, { account, name: (account === me?.id ? me.displayName : names.get(account)) ?? null }),
    [t, me, names],
  );
}

import { useCallback, useEffect, useState } from "react";
import { useApi } from "../../api/ApiContext";
import { type Problem, toProblem } from "../../api/Problem";
import type { InviteOptions, Me, OrganizationOption } from "../../api/types";

/** What may be chosen, with every organisation that was seen so far. */
export type Choices = { options: InviteOptions; known: OrganizationOption[]; learn: (organizations: OrganizationOption[]) => void };

export function useInviteOptions() {
  const api = useApi();
  const [options, setOptions] = useState<InviteOptions>();
  const [me, setMe] = useState<Me>();
  const [known, setKnown] = useState<OrganizationOption[]>([]);
  const [problem, setProblem] = useState<Problem>();
  const learn = useCallback((found: OrganizationOption[]) => setKnown((known) => merge(known, found)), []);
  const load = useCallback(() => {
    setProblem(undefined);
    Promise.all([api.me(), api.inviteOptions()]).then(
      ([me, options]) => {
        setMe(me);
        learn(options.organizations);
        setOptions(options);
      },
      (error: unknown) => setProblem(toProblem(error)),
    );
  }, [api, learn]);
  useEffect(load, [load]);
  return { me, choices: options && { options, known, learn }, problem, load };
}

function merge(known: OrganizationOption[], found: OrganizationOption[]): OrganizationOption[] {
  const fresh = found.filter(({ alias }) => !known.some((one) => one.alias === alias));
  return fresh.length > 0 ? [...known, ...fresh] : known;
}

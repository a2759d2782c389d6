import { useEnvironment } from "@keycloak/keycloak-account-ui";
import { createContext, type ReactNode, useContext, useEffect, useState } from "react";
import { useApi } from "../api/ApiContext";
import type { Environment } from "../environment";

/** What the signed-in person sees in the navigation; nothing while it isn't known, or the companion doesn't answer. */
export type Standing = { canInvite: boolean; isNewcomer: boolean };

const nothing: Standing = { canInvite: false, isNewcomer: false };
const Context = createContext(nothing);

export const useStanding = () => useContext(Context);

export function StandingProvider({ children }: { children: ReactNode }) {
  const api = useApi();
  const { environment } = useEnvironment<Environment>();
  const [standing, setStanding] = useState(nothing);
  useEffect(() => {
    if (!environment.companionUrl) {
      return;
    }
    const gone = new AbortController();
    const learn = (known: Partial<Standing>) => setStanding((standing) => ({ ...standing, ...known }));
    api.me(gone.signal).then(({ canInvite }) => learn({ canInvite }), ignore);
    api.welcome(null, gone.signal).then(() => learn({ isNewcomer: true }), ignore);
    return () => gone.abort();
  }, [api, environment]);
  return <Context.Provider value={standing}>{children}</Context.Provider>;
}

function ignore() {
  // The pages themselves say what went wrong; the navigation only leaves them out.
}

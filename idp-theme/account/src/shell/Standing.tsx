import { useEnvironment } from "@keycloak/keycloak-account-ui";
import { createContext, type ReactNode, useCallback, useContext, useEffect, useState } from "react";
import { useApi } from "../api/ApiContext";
import { type Problem, toProblem } from "../api/Problem";
import type { Me } from "../api/types";
import type { Environment } from "../environment";

/** Who is signed in; `me` is missing while it isn't known, and with a problem where the companion doesn't answer. */
export type Standing = { me?: Me; problem?: Problem; isNewcomer: boolean };

type Known = Standing & { learn: () => void };

const nothing: Known = { isNewcomer: false, learn: () => undefined };
const Context = createContext(nothing);

export const useStanding = () => useContext(Context);

export function StandingProvider({ children }: { children: ReactNode }) {
  const api = useApi();
  const { environment } = useEnvironment<Environment>();
  const isThere = environment.companionUrl !== "";
  const [me, setMe] = useState<Pick<Standing, "me" | "problem">>({});
  const [isNewcomer, setNewcomer] = useState(false);
  const learn = useCallback(() => {
    if (isThere) {
      api.me().then(
        (me) => setMe({ me }),
        (error: unknown) => setMe({ problem: toProblem(error) }),
      );
    }
  }, [api, isThere]);
  useEffect(learn, [learn]);
  useEffect(() => {
    if (!isThere) {
      return;
    }
    const gone = new AbortController();
    // The page itself says what went wrong; the navigation only leaves it out.
    api.welcome(null, gone.signal).then(
      () => setNewcomer(true),
      () => undefined,
    );
    return () => gone.abort();
  }, [api, isThere]);
  return <Context.Provider value={{ ...me, isNewcomer, learn }}>{children}</Context.Provider>;
}

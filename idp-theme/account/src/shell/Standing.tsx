import { useEnvironment } from "@keycloak/keycloak-account-ui";
import { createContext, type ReactNode, useCallback, useContext } from "react";
import { useApi } from "../api/ApiContext";
import { Problem } from "../api/Problem";
import type { Me } from "../api/types";
import type { Environment } from "../environment";
import { useLoaded } from "../parts/useLoaded";

/** Who is signed in; `me` is missing while it isn't known, and with a problem where the companion doesn't answer. */
export type Standing = { me?: Me; problem?: Problem; isNewcomer: boolean };

type Known = Standing & { learn: () => void };

const nothing: Known = { isNewcomer: false, learn: () => undefined };
const Context = createContext(nothing);

export const useStanding = () => useContext(Context);

/** Asks again until the companion has answered, so that no page stays away because it was away at the start. */
export function StandingProvider({ children }: { children: ReactNode }) {
  const { environment } = useEnvironment<Environment>();
  return environment.companionUrl === "" ? children : <Asking>{children}</Asking>;
}

function Asking({ children }: { children: ReactNode }) {
  const api = useApi();
  const me = useLoaded(useCallback((signal: AbortSignal) => api.me(signal), [api]));
  const newcomer = useLoaded(
    useCallback(
      (signal: AbortSignal) =>
        api.welcome(null, signal).then(
          () => true,
          (error: unknown) => {
            if (error instanceof Problem && error.code === "not_found") {
              return false;
            }
            throw error;
          },
        ),
      [api],
    ),
  );
  const missing = [me, newcomer].filter(({ value }) => value === undefined);
  const known: Known = {
    me: me.value,
    isNewcomer: newcomer.value ?? false,
    problem: missing.find(({ problem }) => problem)?.problem,
    learn: () => {
      me.reload();
      newcomer.reload();
    },
  };
  return <Context.Provider value={known}>{children}</Context.Provider>;
}

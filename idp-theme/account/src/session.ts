import type Keycloak from "keycloak-js";
import { Problem, unreachable } from "./api/Problem";

export type Session = ReturnType<typeof keepSession>;

/**
 * Whose session it is, and whether it has ended. Only the person goes to the sign-in page: when no token can be had, the request fails and
 * the page stays, with all that was typed.
 */
export function keepSession(keycloak: Keycloak) {
  const signIn = keycloak.login.bind(keycloak);
  const listeners = new Set<() => void>();
  let isEnded = false;

  keycloak.onAuthLogout = () => {
    isEnded = true;
    listeners.forEach((listener) => listener());
  };
  // Keycloak's pages, and its client where it lost the tokens, sign in by this without being asked. With options somebody asked, for a
  // new password for example.
  keycloak.login = (options) => (options ? signIn(options) : Promise.resolve());

  return {
    /** Whose drafts are kept; the client forgets it when the session ends. */
    account: keycloak.subject ?? "",
    isEnded: () => isEnded,
    subscribe: (listener: () => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    signIn: () => void signIn(),
    token: async (): Promise<string> => {
      try {
        await keycloak.updateToken(30);
      } catch {
        // The client forgets the tokens when the server refused them, and keeps them when there was no answer.
        if (keycloak.token === undefined) {
          throw new Problem({ status: 401, code: "unauthenticated", message: null, field: null, argument: null });
        }
        throw unreachable();
      }
      return keycloak.token ?? "";
    },
  };
}

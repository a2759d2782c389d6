import type { AccountEnvironment } from "@keycloak/keycloak-account-ui";
import { getInjectedEnvironment } from "@keycloak/keycloak-ui-shared";

/** What Keycloak tells the page, with our own setting from theme.properties. */
export type Environment = AccountEnvironment & { companionUrl: string };

export function readEnvironment(): Environment {
  const environment = getInjectedEnvironment<Environment>();
  return { ...environment, companionUrl: environment.companionUrl.replace(/\/+$/, "") };
}

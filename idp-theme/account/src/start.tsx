import { KeycloakProvider } from "@keycloak/keycloak-account-ui";
import type Keycloak from "keycloak-js";
import { createRoot } from "react-dom/client";
import { RouterProvider } from "react-router-dom";
import { createApi } from "./api/api";
import { ApiProvider } from "./api/ApiContext";
import type { Environment } from "./environment";
import { startI18n } from "./i18n";
import { createRouter } from "./router";
import { keepSession } from "./session";
import { SessionProvider } from "./SessionContext";
import { StartFailed } from "./StartFailed";

/** Signs in and draws the console; where that fails, says so. */
export async function start(element: HTMLElement, environment: Environment, keycloak: Keycloak): Promise<void> {
  const root = createRoot(element);
  try {
    await keycloak.init({ onLoad: "login-required", pkceMethod: "S256", responseMode: "query", scope: environment.scope });
    const session = keepSession(keycloak);
    await startI18n(environment);
    const api = createApi({ baseUrl: environment.companionUrl, token: session.token });
    root.render(
      <KeycloakProvider environment={environment} keycloak={keycloak}>
        <SessionProvider value={session}>
          <ApiProvider value={api}>
            <RouterProvider router={createRouter(environment)} />
          </ApiProvider>
        </SessionProvider>
      </KeycloakProvider>,
    );
  } catch (error) {
    console.error(error);
    root.render(<StartFailed locale={environment.locale} />);
  }
}

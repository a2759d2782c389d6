import "@patternfly/patternfly/patternfly-addons.css";
import "@patternfly/react-core/dist/styles/base.css";
import "console.css";
import "./companion.css";

import { KeycloakProvider } from "@keycloak/keycloak-account-ui";
import Keycloak from "keycloak-js";
import { createRoot } from "react-dom/client";
import { RouterProvider } from "react-router-dom";
import { createApi } from "./api/api";
import { ApiProvider } from "./api/ApiContext";
import { followDarkMode } from "./darkMode";
import { readEnvironment } from "./environment";
import { dropForeignAnswer } from "./foreignAnswer";
import { startI18n } from "./i18n";
import { createRouter } from "./router";

const environment = readEnvironment();
followDarkMode(environment.darkMode);
dropForeignAnswer();

const keycloak = new Keycloak({ url: environment.serverBaseUrl, realm: environment.realm, clientId: environment.clientId });
keycloak.onAuthLogout = () => void keycloak.login();
await keycloak.init({ onLoad: "login-required", pkceMethod: "S256", responseMode: "query", scope: environment.scope });
await startI18n(environment);

const api = createApi({
  baseUrl: environment.companionUrl,
  token: async () => {
    await keycloak.updateToken(30).catch(() => keycloak.login());
    return keycloak.token ?? "";
  },
});

const app = document.getElementById("app");
if (app) {
  createRoot(app).render(
    <KeycloakProvider environment={environment} keycloak={keycloak}>
      <ApiProvider value={api}>
        <RouterProvider router={createRouter(environment)} />
      </ApiProvider>
    </KeycloakProvider>,
  );
}

import { KeycloakProvider } from "@keycloak/keycloak-account-ui";
import { render } from "@testing-library/react";
import i18n from "i18next";
import type Keycloak from "keycloak-js";
import type { ReactNode } from "react";
import { initReactI18next } from "react-i18next";
import { createMemoryRouter, RouterProvider } from "react-router-dom";
import { createApi } from "../api/api";
import { ApiProvider } from "../api/ApiContext";
import { PersonNamesProvider } from "../parts/PersonNames";
import { testEnvironment } from "./environment";
import { readMessages } from "./messages";

await i18n.use(initReactI18next).init({
  lng: "en",
  keySeparator: false,
  nsSeparator: false,
  interpolation: { escapeValue: false },
  showSupportNotice: false,
  resources: { en: { translation: { ...readMessages("en"), cancel: "Cancel" } } },
});

const keycloak = { idTokenParsed: { name: "Alice Ahlers" } } as unknown as Keycloak;

/** Draws a page with the real texts, the real client and the real context of the console. */
export function renderPage(page: ReactNode, address = "/") {
  const api = createApi({ baseUrl: testEnvironment.companionUrl, token: () => Promise.resolve("token") });
  const router = createMemoryRouter([{ path: "*", element: page }], { initialEntries: [address] });
  return render(
    <KeycloakProvider environment={testEnvironment} keycloak={keycloak}>
      <ApiProvider value={api}>
        <PersonNamesProvider>
          <RouterProvider router={router} />
        </PersonNamesProvider>
      </ApiProvider>
    </KeycloakProvider>,
  );
}

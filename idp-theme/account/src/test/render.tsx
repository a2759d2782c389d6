import { KeycloakProvider } from "@keycloak/keycloak-account-ui";
import { render } from "@testing-library/react";
import i18n from "i18next";
import type Keycloak from "keycloak-js";
import type { ReactNode } from "react";
import { initReactI18next } from "react-i18next";
import { createMemoryRouter, type RouteObject, RouterProvider } from "react-router-dom";
import { createApi } from "../api/api";
import { ApiProvider } from "../api/ApiContext";
import { PersonNamesProvider } from "../parts/PersonNames";
import type { Session } from "../session";
import { SessionProvider } from "../SessionContext";
import { testEnvironment } from "./environment";
import { readMessages } from "./messages";
import { me } from "./samples";

await i18n.use(initReactI18next).init({
  lng: "en",
  keySeparator: false,
  nsSeparator: false,
  interpolation: { escapeValue: false },
  showSupportNotice: false,
  resources: { en: { translation: { ...readMessages("en"), cancel: "Cancel" } } },
});

const keycloak = { idTokenParsed: { name: "Alice Ahlers" } } as unknown as Keycloak;

export const session: Session = {
  account: me.id,
  isEnded: () => false,
  subscribe: () => () => true,
  signIn: () => undefined,
  token: () => Promise.resolve("token"),
};

/** Draws a page with the real texts, the real client and the real context of the console. */
export function renderPage(page: ReactNode, address = "/", its = session) {
  return renderRoutes([{ path: "*", element: page }], address, its);
}

export function renderRoutes(routes: RouteObject[], address: string, its = session) {
  const api = createApi({ baseUrl: testEnvironment.companionUrl, token: its.token });
  const router = createMemoryRouter(routes, { initialEntries: [address] });
  return render(
    <KeycloakProvider environment={testEnvironment} keycloak={keycloak}>
      <SessionProvider value={its}>
        <ApiProvider value={api}>
          <PersonNamesProvider>
            <RouterProvider router={router} />
          </PersonNamesProvider>
        </ApiProvider>
      </SessionProvider>
    </KeycloakProvider>,
  );
}

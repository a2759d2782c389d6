import { routes as consoleRoutes } from "@keycloak/keycloak-account-ui";
import { createBrowserRouter, type RouteObject } from "react-router-dom";
import type { Environment } from "./environment";
import { ChatPage } from "./pages/chat/ChatPage";
import { InvitationsPage } from "./pages/invitations/InvitationsPage";
import { InvitePage } from "./pages/invite/InvitePage";
import { WelcomePage } from "./pages/welcome/WelcomePage";
import { CrashPage } from "./shell/CrashPage";
import { Shell } from "./shell/Shell";

// The console's own pages follow its updates; what content.json may add is left out, because this bundle has its own navigation.
const keycloakRoutes = consoleRoutes.filter((route) => route.path !== "content/:componentId");

const companionRoutes: RouteObject[] = [
  { path: "invitations", element: <InvitationsPage /> },
  { path: "invite", element: <InvitePage /> },
  { path: "welcome", element: <WelcomePage /> },
  { path: "chat", element: <ChatPage /> },
];

export function createRouter({ baseUrl, companionUrl }: Environment) {
  return createBrowserRouter(
    [
      {
        path: "/",
        element: <Shell />,
        errorElement: <CrashPage />,
        children: companionUrl ? [...keycloakRoutes, ...companionRoutes] : keycloakRoutes,
      },
    ],
    { basename: new URL(baseUrl).pathname.replace(/\/$/, "") },
  );
}

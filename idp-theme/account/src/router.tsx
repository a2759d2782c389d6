import { routes as consoleRoutes } from "@keycloak/keycloak-account-ui";
import { createBrowserRouter, type RouteObject } from "react-router-dom";
import type { Environment } from "./environment";
import { AllInvitationsPage } from "./pages/allInvitations/AllInvitationsPage";
import { ApprovalsPage } from "./pages/approvals/ApprovalsPage";
import { ChatPage } from "./pages/chat/ChatPage";
import { FunnelPage } from "./pages/funnel/FunnelPage";
import { InvitationsPage } from "./pages/invitations/InvitationsPage";
import { InvitePage } from "./pages/invite/InvitePage";
import { PausePage } from "./pages/pause/PausePage";
import { PeoplePage } from "./pages/people/PeoplePage";
import { ProblemsPage } from "./pages/problems/ProblemsPage";
import { TimelinePage } from "./pages/timeline/TimelinePage";
import { WelcomePage } from "./pages/welcome/WelcomePage";
import { CrashPage } from "./shell/CrashPage";
import { ModeratorsOnly } from "./shell/ModeratorsOnly";
import { NoSuchPage } from "./shell/NoSuchPage";
import { Shell } from "./shell/Shell";

// The console's own pages follow its updates; what content.json may add is left out, because this bundle has its own navigation.
const keycloakRoutes = consoleRoutes.filter((route) => route.path !== "content/:componentId");

const moderationRoutes: RouteObject[] = [
  { path: "approvals", element: <ApprovalsPage /> },
  { path: "invitations", element: <AllInvitationsPage /> },
  { path: "timeline", element: <TimelinePage /> },
  { path: "people", element: <PeoplePage /> },
  { path: "funnel", element: <FunnelPage /> },
  { path: "problems", element: <ProblemsPage /> },
  { path: "pause", element: <PausePage /> },
];

const companionRoutes: RouteObject[] = [
  { path: "invitations", element: <InvitationsPage /> },
  { path: "invite", element: <InvitePage /> },
  { path: "welcome", element: <WelcomePage /> },
  { path: "chat", element: <ChatPage /> },
  { path: "moderation", element: <ModeratorsOnly />, children: moderationRoutes },
];

/** The frame stays whatever becomes of the page in it. */
export function routesOf(hasCompanion: boolean): RouteObject[] {
  const pages = [...consolePages(hasCompanion), { path: "*", element: <NoSuchPage /> }];
  return [
    {
      path: "/",
      element: <Shell />,
      errorElement: <CrashPage />,
      children: [{ errorElement: <CrashPage />, children: pages }],
    },
  ];
}

function consolePages(hasCompanion: boolean): RouteObject[] {
  return hasCompanion ? [...keycloakRoutes, ...companionRoutes] : keycloakRoutes;
}

export function createRouter({ baseUrl, companionUrl }: Environment) {
  return createBrowserRouter(routesOf(companionUrl !== ""), { basename: new URL(baseUrl).pathname.replace(/\/$/, "") });
}

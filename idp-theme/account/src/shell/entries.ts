import type { Feature } from "@keycloak/keycloak-account-ui";
import type { Standing } from "./Standing";

/** A page by its title's key and its address. */
export type Entry = { label: string; path: string; feature?: keyof Feature };

export const personalInfo: Entry = { label: "personalInfo", path: "/" };

export const security: Entry[] = [
  { label: "signingIn", path: "/account-security/signing-in" },
  { label: "deviceActivity", path: "/account-security/device-activity" },
  { label: "linkedAccounts", path: "/account-security/linked-accounts", feature: "isLinkedAccountsEnabled" },
];

export const account: Entry[] = [
  { label: "applications", path: "/applications", feature: "isViewApplicationsEnabled" },
  { label: "verifiableCredentials", path: "/verifiable-credentials", feature: "isOid4VciEnabled" },
  { label: "groups", path: "/groups", feature: "isViewGroupsEnabled" },
  { label: "organizations", path: "/organizations", feature: "isViewOrganizationsEnabled" },
  { label: "resources", path: "/resources", feature: "isMyResourcesEnabled" },
];

export const moderation: Entry[] = [
  { label: "approvals.title", path: "/moderation/approvals" },
  { label: "moderation.invitations", path: "/moderation/invitations" },
  { label: "timeline.title", path: "/moderation/timeline" },
  { label: "people.title", path: "/moderation/people" },
  { label: "funnel.title", path: "/moderation/funnel" },
  { label: "problems.title", path: "/moderation/problems" },
  { label: "pause.title", path: "/moderation/pause" },
];

const welcome: Entry = { label: "welcome.title", path: "/welcome" };

const inviting: Entry[] = [
  { label: "invitations.title", path: "/invitations" },
  { label: "invite.title", path: "/invite" },
];

// No navigation leads there.
const chat: Entry = { label: "chat.title", path: "/chat" };

export function communityEntries({ me, isNewcomer }: Standing): Entry[] {
  return [...(isNewcomer ? [welcome] : []), ...(me?.canInvite ? inviting : [])];
}

/** The key of a page's title; undefined where there is no such page. */
export function titleOf(pathname: string): string | undefined {
  const path = pathname.replace(/(?<=.)\/+$/, "");
  return [personalInfo, ...security, ...account, welcome, ...inviting, chat, ...moderation].find((entry) => entry.path === path)?.label;
}

import { type Feature, useEnvironment } from "@keycloak/keycloak-account-ui";
import { Nav, NavExpandable, NavGroup, NavItem, NavList } from "@patternfly/react-core";
import type { MouseEvent } from "react";
import { useTranslation } from "react-i18next";
import { useHref, useLinkClickHandler, useLocation } from "react-router-dom";
import type { Environment } from "../environment";
import { type Standing, useStanding } from "./Standing";

type Entry = { label: string; path: string; feature?: keyof Feature };

const security: Entry[] = [
  { label: "signingIn", path: "/account-security/signing-in" },
  { label: "deviceActivity", path: "/account-security/device-activity" },
  { label: "linkedAccounts", path: "/account-security/linked-accounts", feature: "isLinkedAccountsEnabled" },
];

const account: Entry[] = [
  { label: "applications", path: "/applications", feature: "isViewApplicationsEnabled" },
  { label: "verifiableCredentials", path: "/verifiable-credentials", feature: "isOid4VciEnabled" },
  { label: "groups", path: "/groups", feature: "isViewGroupsEnabled" },
  { label: "organizations", path: "/organizations", feature: "isViewOrganizationsEnabled" },
  { label: "resources", path: "/resources", feature: "isMyResourcesEnabled" },
];

const moderation: Entry[] = [
  { label: "approvals.title", path: "/moderation/approvals" },
  { label: "moderation.invitations", path: "/moderation/invitations" },
  { label: "timeline.title", path: "/moderation/timeline" },
  { label: "people.title", path: "/moderation/people" },
  { label: "funnel.title", path: "/moderation/funnel" },
  { label: "problems.title", path: "/moderation/problems" },
  { label: "pause.title", path: "/moderation/pause" },
];

function communityEntries({ me, isNewcomer }: Standing): Entry[] {
  const welcome = { label: "welcome.title", path: "/welcome" };
  const inviting = [
    { label: "invitations.title", path: "/invitations" },
    { label: "invite.title", path: "/invite" },
  ];
  return [...(isNewcomer ? [welcome] : []), ...(me?.canInvite ? inviting : [])];
}

export function Navigation() {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const { environment } = useEnvironment<Environment>();
  const standing = useStanding();
  const community = communityEntries(standing);
  const isModerator = standing.me?.isModerator === true;
  const isShown = ({ feature }: Entry) => !feature || environment.features[feature];
  const isInSecurity = pathname.startsWith("/account-security/");
  return (
    <Nav aria-label={t("companion.navigation")}>
      {community.length > 0 && (
        <NavGroup title={t("companion.community")}>
          <Links entries={community} />
        </NavGroup>
      )}
      {isModerator && (
        <NavGroup title={t("moderation.title")}>
          <Links entries={moderation} />
        </NavGroup>
      )}
      <AccountGroup isTitled={community.length > 0 || isModerator}>
        <Links entries={[{ label: "personalInfo", path: "/" }]} />
        <NavExpandable title={t("accountSecurity")} isActive={isInSecurity} isExpanded={isInSecurity}>
          <Links entries={security.filter(isShown)} />
        </NavExpandable>
        <Links entries={account.filter(isShown)} />
      </AccountGroup>
    </Nav>
  );
}

function AccountGroup({ isTitled, children }: { isTitled: boolean; children: React.ReactNode }) {
  const { t } = useTranslation();
  return isTitled ? <NavGroup title={t("companion.account")}>{children}</NavGroup> : <NavList>{children}</NavList>;
}

function Links({ entries }: { entries: Entry[] }) {
  return entries.map((entry) => <Link key={entry.path} {...entry} />);
}

function Link({ label, path }: Entry) {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const follow = useLinkClickHandler(path);
  return (
    <NavItem
      to={useHref(path)}
      isActive={pathname === path}
      // PatternFly's type for this event names only the form's.
      onClick={(event) => follow(event as unknown as MouseEvent<HTMLAnchorElement>)}
    >
      {t(label)}
    </NavItem>
  );
}

import { useEnvironment } from "@keycloak/keycloak-account-ui";
import { Button, Nav, NavExpandable, NavGroup, NavItem, NavList } from "@patternfly/react-core";
import type { MouseEvent } from "react";
import { useTranslation } from "react-i18next";
import { useHref, useLinkClickHandler, useLocation } from "react-router-dom";
import type { Environment } from "../environment";
import { account, communityEntries, type Entry, moderation, personalInfo, security } from "./entries";
import { useStanding } from "./Standing";

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
      {standing.problem?.isPassing && <Away onRetry={standing.learn} />}
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
        <Links entries={[personalInfo]} />
        <NavExpandable title={t("accountSecurity")} isActive={isInSecurity} isExpanded={isInSecurity}>
          <Links entries={security.filter(isShown)} />
        </NavExpandable>
        <Links entries={account.filter(isShown)} />
      </AccountGroup>
    </Nav>
  );
}

/** In place of the entries that nobody knows of yet. */
function Away({ onRetry }: { onRetry: () => void }) {
  const { t } = useTranslation();
  return (
    <p role="status" className="companion-away">
      {t("companion.away")}{" "}
      <Button variant="link" isInline onClick={onRetry}>
        {t("companion.retry")}
      </Button>
    </p>
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

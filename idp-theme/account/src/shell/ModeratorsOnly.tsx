import { Page } from "@keycloak/keycloak-account-ui";
import { EmptyState, EmptyStateBody, EmptyStateHeader, EmptyStateIcon, Spinner } from "@patternfly/react-core";
import { LockIcon } from "@patternfly/react-icons";
import { useTranslation } from "react-i18next";
import { Outlet } from "react-router-dom";
import { PersonNamesProvider } from "../parts/PersonNames";
import { ProblemAlert } from "../parts/ProblemAlert";
import { useStanding } from "./Standing";

/** The moderators' pages; others read that they are. The companion decides by itself what it answers to whom. */
export function ModeratorsOnly() {
  const { t } = useTranslation();
  const { me, problem, learn } = useStanding();
  if (me?.isModerator) {
    return (
      <PersonNamesProvider>
        <Outlet />
      </PersonNamesProvider>
    );
  }
  return (
    <Page title={t("moderation.title")} description="">
      {problem && <ProblemAlert problem={problem} onRetry={learn} />}
      {!me && !problem && <Spinner aria-label={t("companion.loading")} />}
      {me && (
        <EmptyState>
          <EmptyStateHeader titleText={t("moderation.notAllowed.title")} headingLevel="h2" icon={<EmptyStateIcon icon={LockIcon} />} />
          <EmptyStateBody>{t("moderation.notAllowed.body")}</EmptyStateBody>
        </EmptyState>
      )}
    </Page>
  );
}

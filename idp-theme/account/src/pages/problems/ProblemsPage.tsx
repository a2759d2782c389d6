import { Page } from "@keycloak/keycloak-account-ui";
import { EmptyState, EmptyStateHeader, EmptyStateIcon, Spinner } from "@patternfly/react-core";
import { CheckCircleIcon } from "@patternfly/react-icons";
import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { useApi } from "../../api/ApiContext";
import { ProblemAlert } from "../../parts/ProblemAlert";
import { useLoaded } from "../../parts/useLoaded";
import { usePersonNames } from "../../parts/usePersonNames";
import { CauseList } from "./CauseList";

const betweenLooks = 30_000;

/** What is stuck: a row for each cause, and behind it whom it holds up. */
export function ProblemsPage() {
  const { t } = useTranslation();
  const api = useApi();
  const nameOf = usePersonNames();
  const { value, problem, reload } = useLoaded(
    useCallback((signal: AbortSignal) => api.problems(signal), [api]),
    betweenLooks,
  );
  return (
    <Page title={t("problems.title")} description={t("problems.description")}>
      {problem && <ProblemAlert problem={problem} onRetry={reload} />}
      {!value && !problem && <Spinner aria-label={t("companion.loading")} />}
      {value?.length === 0 && (
        <EmptyState>
          <EmptyStateHeader titleText={t("problems.none")} headingLevel="h2" icon={<EmptyStateIcon icon={CheckCircleIcon} />} />
        </EmptyState>
      )}
      {value && value.length > 0 && <CauseList causes={value} nameOf={nameOf} onChanged={reload} />}
    </Page>
  );
}

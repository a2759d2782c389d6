import { Page } from "@keycloak/keycloak-account-ui";
import { EmptyState, EmptyStateHeader, EmptyStateIcon, Spinner } from "@patternfly/react-core";
import { CheckCircleIcon } from "@patternfly/react-icons";
import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { useApi } from "../../api/ApiContext";
import { ProblemAlert } from "../../parts/ProblemAlert";
import { useLoaded } from "../../parts/useLoaded";
import { CauseList } from "./CauseList";
import { WorkList } from "./WorkList";

const betweenLooks = 30_000;

/** What is stuck: a row for each cause, and behind it whom it holds up. */
export function ProblemsPage() {
  const { t } = useTranslation();
  const api = useApi();
  const { value, problem, reload } = useLoaded(
    useCallback((signal: AbortSignal) => api.problems(signal), [api]),
    betweenLooks,
  );
  return (
    <Page title={t("problems.title")} description={t("problems.description")}>
      {problem && <ProblemAlert problem={problem} onRetry={reload} />}
      {!value && !problem && <Spinner aria-label={t("companion.loading")} />}
      {value?.problems.length === 0 && value.work.length === 0 && (
        <EmptyState>
          <EmptyStateHeader titleText={t("problems.none")} headingLevel="h2" icon={<EmptyStateIcon icon={CheckCircleIcon} />} />
        </EmptyState>
      )}
      {value && value.problems.length > 0 && <CauseList causes={value.problems} onChanged={reload} />}
      {value && value.work.length > 0 && (
        <>
          <h2 className="pf-v5-c-title pf-m-xl pf-v5-u-mt-lg">{t("problems.work.title")}</h2>
          <WorkList work={value.work} onChanged={reload} />
        </>
      )}
    </Page>
  );
}

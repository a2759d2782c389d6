import { Alert, AlertActionLink } from "@patternfly/react-core";
import { useTranslation } from "react-i18next";
import { refusalText } from "../api/wording";
import type { Problem } from "../api/Problem";

/** What went wrong, in words, and the way to try again. */
export function ProblemAlert({ problem, onRetry }: { problem: Problem; onRetry?: () => void }) {
  const { t } = useTranslation();
  return (
    <Alert
      isInline
      isLiveRegion
      variant={problem.isPassing ? "warning" : "danger"}
      title={refusalText(t, problem)}
      component="p"
      actionLinks={onRetry && <AlertActionLink onClick={onRetry}>{t("companion.retry")}</AlertActionLink>}
    />
  );
}

import { Spinner } from "@patternfly/react-core";
import { useTranslation } from "react-i18next";
import { ProblemAlert } from "../../parts/ProblemAlert";
import { Case } from "./Case";
import { useCase } from "./useCase";

/** A case that somebody came to by its address, or that went out of the list while it was looked at. */
export function FoundCase({ id }: { id: string }) {
  const { t } = useTranslation();
  const { approval, problem, reload } = useCase(id);
  if (problem) {
    return <ProblemAlert problem={problem} onRetry={reload} />;
  }
  return approval ? <Case approval={approval} /> : <Spinner aria-label={t("companion.loading")} />;
}

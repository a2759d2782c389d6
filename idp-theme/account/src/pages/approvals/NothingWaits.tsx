import { EmptyState, EmptyStateBody, EmptyStateHeader, EmptyStateIcon } from "@patternfly/react-core";
import { CheckCircleIcon } from "@patternfly/react-icons";
import { useTranslation } from "react-i18next";
import { Moment } from "../../parts/Moment";

export function NothingWaits({ decided, lastDecidedAt }: { decided: boolean; lastDecidedAt: string | null }) {
  const { t } = useTranslation();
  return (
    <EmptyState>
      <EmptyStateHeader
        titleText={t(decided ? "approvals.nothingDecided" : "approvals.nothingWaits")}
        headingLevel="h2"
        icon={<EmptyStateIcon icon={CheckCircleIcon} />}
      />
      {!decided && lastDecidedAt && (
        <EmptyStateBody>
          {t("approvals.lastDecision")} <Moment at={lastDecidedAt} />
        </EmptyStateBody>
      )}
    </EmptyState>
  );
}

import { Alert, AlertActionLink, Spinner } from "@patternfly/react-core";
import { useTranslation } from "react-i18next";
import type { Approval } from "../../api/types";
import { ProblemAlert } from "../../parts/ProblemAlert";
import { Case } from "./Case";
import { useCase } from "./useCase";

type Props = { id: string; decided: boolean; onNext?: () => void };

/** A case that somebody came to by its address, or that went out of the list while it was looked at. */
export function FoundCase({ id, decided, onNext }: Props) {
  const { approval, problem, reload } = useCase(id);
  const { t } = useTranslation();
  return (
    <>
      {problem && <ProblemAlert problem={problem} onRetry={reload} />}
      {!approval && !problem && <Spinner aria-label={t("companion.loading")} />}
      {approval && approval.status !== "open" && !decided && <Settled {...{ approval, onNext }} />}
      {approval && <Case approval={approval} />}
    </>
  );
}

/** Says why there is nothing to decide any more; who voted how is on the case. */
function Settled({ approval: { status }, onNext }: { approval: Approval } & Pick<Props, "onNext">) {
  const { t } = useTranslation();
  return (
    <Alert
      isInline
      isLiveRegion
      variant="info"
      component="p"
      title={t(status === "closed" ? "approvals.settled.closed" : "approvals.settled.decided")}
      actionLinks={onNext && <AlertActionLink onClick={onNext}>{t("approvals.next")}</AlertActionLink>}
    />
  );
}

import { useAccountAlerts } from "@keycloak/keycloak-account-ui";
import { AlertVariant } from "@patternfly/react-core";
import { useCallback, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ApprovalAction } from "../../api/moderation";
import { useApi } from "../../api/ApiContext";
import { type Problem, toProblem } from "../../api/Problem";
import type { Approval } from "../../api/types";
import { refusalText } from "../../api/wording";
import { useDrafts } from "../../parts/drafts";
import { caseTitle } from "./caseTitle";

/** What became of one of several cases. */
export type BulkResult = { approval: Approval; problem?: Problem };

/** The name under which a text about a case is kept until it is sent. */
export function noteDraft(action: ApprovalAction, { id }: Approval): string {
  return `${action}/${id}`;
}

/** Does what a moderator decides, one case at a time, and tells how it went. */
export function useDecisions(onChanged: (approval: Approval) => void) {
  const { t } = useTranslation();
  const api = useApi();
  const { addAlert } = useAccountAlerts();
  const drafts = useDrafts();
  const [isBusy, setBusy] = useState(false);
  const [results, setResults] = useState<BulkResult[]>([]);

  /** @returns Whether it was done. */
  const decide = useCallback(
    async (approval: Approval, action: ApprovalAction, note?: string): Promise<boolean> => {
      setBusy(true);
      try {
        const changed = await api.decide(approval.id, action, note);
        drafts.forget(noteDraft(action, approval));
        onChanged(changed);
        const done = changed.status === "open" && action !== "take" && action !== "drop" && action !== "ask" ? "vote" : action;
        addAlert(t(`approvals.done.${done}`, { who: caseTitle(t, approval) }));
        return true;
      } catch (error) {
        addAlert(refusalText(t, toProblem(error)), AlertVariant.danger);
        return false;
      } finally {
        setBusy(false);
      }
    },
    [api, addAlert, drafts, onChanged, t],
  );

  const approveAll = useCallback(
    async (approvals: Approval[]) => {
      setBusy(true);
      setResults([]);
      for (const approval of approvals) {
        const problem = await api.decide(approval.id, "approve").then(
          (changed) => {
            onChanged(changed);
            return undefined;
          },
          (error: unknown) => toProblem(error),
        );
        setResults((results) => [...results, { approval, problem }]);
      }
      setBusy(false);
    },
    [api, onChanged],
  );
  return { isBusy, decide, approveAll, results, forgetResults: () => setResults([]) };
}

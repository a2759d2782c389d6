import { useAccountAlerts } from "@keycloak/keycloak-account-ui";
import { AlertVariant } from "@patternfly/react-core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { BranchCommand } from "../../api/moderation";
import { useApi } from "../../api/ApiContext";
import { toProblem } from "../../api/Problem";
import type { TreePerson } from "../../api/types";
import { refusalText } from "../../api/wording";
import { useDrafts } from "../../parts/drafts";
import { personName } from "../../parts/personName";

/** The name under which the reason for a freeze is kept until it is sent. */
export function reasonDraft({ account }: TreePerson): string {
  return `freeze/${account}`;
}

/** Does something to a branch, and tells how it went. */
export function useBranchActions(person: TreePerson, onChanged: () => void) {
  const { t } = useTranslation();
  const api = useApi();
  const { addAlert } = useAccountAlerts();
  const drafts = useDrafts();
  const [isBusy, setBusy] = useState(false);
  const run = async (command: BranchCommand) => {
    setBusy(true);
    try {
      const count = await api.changeBranch(person.account, command);
      if (command.action === "freeze") {
        drafts.forget(reasonDraft(person));
      }
      addAlert(t(`people.done.${command.action}`, { who: personName(t, person), count }));
      onChanged();
    } catch (error) {
      addAlert(refusalText(t, toProblem(error)), AlertVariant.danger);
    } finally {
      setBusy(false);
    }
  };
  return { isBusy, run };
}

import { useAccountAlerts } from "@keycloak/keycloak-account-ui";
import { AlertVariant } from "@patternfly/react-core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { BranchCommand } from "../../api/moderation";
import { useApi } from "../../api/ApiContext";
import { toProblem } from "../../api/Problem";
import type { TreePerson } from "../../api/types";
import { refusalText } from "../../api/wording";
import { personName } from "../../parts/personName";

/** Does something to a branch, and tells how it went. */
export function useBranchActions(person: TreePerson, onChanged: () => void) {
  const { t } = useTranslation();
  const api = useApi();
  const { addAlert } = useAccountAlerts();
  const [isBusy, setBusy] = useState(false);
  const run = async (command: BranchCommand) => {
    setBusy(true);
    try {
      const count = await api.changeBranch(person.account, command);
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

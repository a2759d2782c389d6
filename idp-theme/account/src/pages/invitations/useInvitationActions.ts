import { useAccountAlerts } from "@keycloak/keycloak-account-ui";
import { AlertVariant } from "@patternfly/react-core";
import { useCallback, useState } from "react";
import { useTranslation } from "react-i18next";
import type { InvitationAction } from "../../api/api";
import { useApi } from "../../api/ApiContext";
import { toProblem } from "../../api/Problem";
import type { Invite } from "../../api/types";
import { refusalText } from "../../api/wording";
import { useDrafts } from "../../parts/drafts";
import { randomKey } from "../../parts/randomKey";

/** The name under which an answer is kept until it is sent. */
export function answerDraft({ id }: Invite): string {
  return `answer/${id}`;
}

/** Does what a row's menu says, and tells how it went. `busy` is the invitation that is being changed. */
export function useInvitationActions(onChanged: (invite: Invite) => void) {
  const { t } = useTranslation();
  const api = useApi();
  const { addAlert } = useAccountAlerts();
  const drafts = useDrafts();
  const [busy, setBusy] = useState<string>();
  const run = useCallback(
    async (invite: Invite, action: InvitationAction | "answer", ask: () => Promise<Invite>) => {
      setBusy(invite.id);
      try {
        onChanged(await ask());
        addAlert(t(`invitations.done.${action}`, { contact: invite.contact ?? t("invitations.forgotten") }));
      } catch (error) {
        addAlert(refusalText(t, toProblem(error)), AlertVariant.danger);
      } finally {
        setBusy(undefined);
      }
    },
    [addAlert, onChanged, t],
  );
  const change = useCallback(
    (invite: Invite, action: InvitationAction) => run(invite, action, () => api.change(invite.id, action, randomKey())),
    [api, run],
  );
  const answer = useCallback(
    (invite: Invite, text: string) =>
      run(invite, "answer", async () => {
        const answered = await api.answer(invite.id, text);
        drafts.forget(answerDraft(invite));
        return answered;
      }),
    [api, drafts, run],
  );
  return { busy, change, answer };
}

import { Checkbox, Form, TextArea } from "@patternfly/react-core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { BranchCommand } from "../../api/moderation";
import type { TreePerson } from "../../api/types";
import { ConfirmDialog } from "../../parts/ConfirmDialog";
import { useDraftText } from "../../parts/drafts";
import { Field } from "../../parts/Field";
import { personName } from "../../parts/personName";
import { reasonDraft } from "./useBranchActions";

export type BranchDialogAction = "freeze" | "revoke-pending";

type Props = { action: BranchDialogAction; person: TreePerson; onConfirm: (command: BranchCommand) => void; onClose: () => void };

/** Asks how far something reaches, and for a freeze why. */
export function BranchDialog({ action, person, onConfirm, onClose }: Props) {
  const { t } = useTranslation();
  const [below, setBelow] = useState(action === "revoke-pending");
  const [reason, setReason] = useDraftText(reasonDraft(person));
  const [isTried, setTried] = useState(false);
  const isMissing = action === "freeze" && reason.trim() === "";
  const confirm = () => {
    if (isMissing) {
      setTried(true);
    } else {
      onConfirm(action === "freeze" ? { action, below, reason: reason.trim() } : { action, below });
    }
  };
  return (
    <ConfirmDialog
      title={t(`people.${action}.title`, { who: personName(t, person) })}
      confirm={t(`people.${action}.confirm`)}
      cancel={t("companion.cancel")}
      onConfirm={confirm}
      onClose={onClose}
    >
      <Form onSubmit={(event) => event.preventDefault()}>
        {t(`people.${action}.body`)}
        <Checkbox
          id="branch-below"
          label={t(`people.${action}.below`, { count: person.below })}
          isChecked={below}
          onChange={(_, below) => setBelow(below)}
        />
        {action === "freeze" && (
          <Field
            id="branch-reason"
            label={t("people.freeze.reason")}
            hint={t("people.freeze.reasonHint")}
            isRequired
            error={isTried && isMissing ? t("people.freeze.reasonMissing") : undefined}
          >
            {(field) => <TextArea {...field} value={reason} onChange={(_, reason) => setReason(reason)} isRequired rows={3} />}
          </Field>
        )}
      </Form>
    </ConfirmDialog>
  );
}

import { useTranslation } from "react-i18next";
import type { Approval } from "../../api/types";
import { TextDialog } from "../../parts/TextDialog";
import { caseTitle } from "./caseTitle";
import { noteDraft } from "./useDecisions";

export type NoteAction = "deny" | "ask";

type Props = { action: NoteAction; approval: Approval; onSend: (note: string) => void; onClose: () => void };

const templates: Record<NoteAction, string[]> = {
  deny: ["approvals.template.unknown", "approvals.template.incomplete", "approvals.template.rules"],
  ask: ["approvals.template.whoAreYou", "approvals.template.howKnown"],
};

/** A reason or a question that the person gets to read. */
export function NoteDialog({ action, approval, onSend, onClose }: Props) {
  const { t } = useTranslation();
  return (
    <TextDialog
      title={t(`approvals.${action}.title`, { who: caseTitle(t, approval) })}
      draft={noteDraft(action, approval)}
      label={t(`approvals.${action}.label`)}
      hint={t(`approvals.${action}.hint`)}
      send={t(`approvals.${action}.send`)}
      isDanger={action === "deny"}
      missing={t(action === "deny" ? "problem.reason_missing" : "problem.question_missing")}
      templates={templates[action].map((key) => t(key))}
      {...{ onSend, onClose }}
    />
  );
}

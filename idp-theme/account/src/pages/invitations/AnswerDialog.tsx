import { useTranslation } from "react-i18next";
import type { Invite } from "../../api/types";
import { TextDialog } from "../../parts/TextDialog";
import { answerDraft } from "./useInvitationActions";

type Props = { invite: Invite; onSend: (answer: string) => void; onClose: () => void };

/** The inviter answers what a moderator asked. */
export function AnswerDialog({ invite, onSend, onClose }: Props) {
  const { t } = useTranslation();
  return (
    <TextDialog
      title={t("invitations.answer.title", { contact: invite.contact ?? t("invitations.forgotten") })}
      draft={answerDraft(invite)}
      label={t("invitations.answer.label")}
      send={t("invitations.answer.send")}
      missing={t("problem.note_missing")}
      {...{ onSend, onClose }}
    >
      <blockquote className="companion-wrap pf-v5-u-mb-md">{invite.question}</blockquote>
    </TextDialog>
  );
}

import { useTranslation } from "react-i18next";
import type { Invite } from "../../api/types";
import { ConfirmDialog } from "../../parts/ConfirmDialog";

type Props = { invite: Invite; onConfirm: () => void; onClose: () => void };

export function RevokeDialog({ invite, onConfirm, onClose }: Props) {
  const { t } = useTranslation();
  return (
    <ConfirmDialog
      title={t("invitations.revoke.title")}
      confirm={t("invitations.revoke.confirm")}
      cancel={t("invitations.revoke.keep")}
      {...{ onConfirm, onClose }}
    >
      {t("invitations.revoke.body", { contact: invite.contact ?? t("invitations.forgotten") })}
    </ConfirmDialog>
  );
}

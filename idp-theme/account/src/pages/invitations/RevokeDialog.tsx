import { Button, Modal } from "@patternfly/react-core";
import { useTranslation } from "react-i18next";
import type { Invite } from "../../api/types";

type Props = { invite: Invite; onConfirm: () => void; onClose: () => void };

export function RevokeDialog({ invite, onConfirm, onClose }: Props) {
  const { t } = useTranslation();
  return (
    <Modal
      isOpen
      variant="small"
      titleIconVariant="warning"
      title={t("invitations.revoke.title")}
      onClose={onClose}
      actions={[
        <Button key="revoke" variant="danger" onClick={onConfirm}>
          {t("invitations.revoke.confirm")}
        </Button>,
        <Button key="keep" variant="link" onClick={onClose}>
          {t("invitations.revoke.keep")}
        </Button>,
      ]}
    >
      {t("invitations.revoke.body", { contact: invite.contact ?? t("invitations.forgotten") })}
    </Modal>
  );
}

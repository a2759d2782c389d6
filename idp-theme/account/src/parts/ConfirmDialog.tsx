import { Button, Modal } from "@patternfly/react-core";
import type { ReactNode } from "react";

type Props = {
  title: string;
  confirm: string;
  cancel: string;
  children: ReactNode;
  onConfirm: () => void;
  onClose: () => void;
};

/** Asks before something that can't be taken back. */
export function ConfirmDialog({ title, confirm, cancel, children, onConfirm, onClose }: Props) {
  return (
    <Modal
      isOpen
      variant="small"
      titleIconVariant="warning"
      title={title}
      onClose={onClose}
      actions={[
        <Button key="confirm" variant="danger" onClick={onConfirm}>
          {confirm}
        </Button>,
        <Button key="cancel" variant="link" onClick={onClose}>
          {cancel}
        </Button>,
      ]}
    >
      {children}
    </Modal>
  );
}

import { Alert, AlertActionLink, Button, Modal } from "@patternfly/react-core";
import { useState, useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import { useSession } from "../SessionContext";

/** Says that the session has ended, and leaves it to the person when to sign in again. */
export function SessionEnd() {
  const { t } = useTranslation();
  const session = useSession();
  const isEnded = useSyncExternalStore(session.subscribe, session.isEnded);
  const [isRead, setRead] = useState(false);
  if (!isEnded) {
    return null;
  }
  if (isRead) {
    return (
      <Alert
        isInline
        variant="warning"
        component="p"
        title={t("companion.session.ended")}
        actionLinks={<AlertActionLink onClick={session.signIn}>{t("companion.session.signIn")}</AlertActionLink>}
      />
    );
  }
  return (
    <Modal
      isOpen
      variant="small"
      titleIconVariant="warning"
      title={t("companion.session.ended")}
      onClose={() => setRead(true)}
      actions={[
        <Button key="sign-in" onClick={session.signIn}>
          {t("companion.session.signIn")}
        </Button>,
        <Button key="stay" variant="link" onClick={() => setRead(true)}>
          {t("companion.session.stay")}
        </Button>,
      ]}
    >
      {t("companion.session.kept")}
    </Modal>
  );
}

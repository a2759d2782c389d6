import { Alert } from "@patternfly/react-core";
import { useTranslation } from "react-i18next";
import type { Me } from "../api/types";

/** Says why one can't invite now, before a form is filled in that would be refused. */
export function InvitingStopped({ me }: { me: Me }) {
  const { t } = useTranslation();
  if (me.paused) {
    return (
      <Alert isInline variant="info" component="p" title={t("invite.paused.title")}>
        {me.paused.text ? <q className="companion-quotation">{me.paused.text}</q> : t("invite.paused.body")}
      </Alert>
    );
  }
  return me.invitingFrozen ? (
    <Alert isInline variant="warning" component="p" title={t("invite.frozen.title")}>
      {t("invite.frozen.body")}
    </Alert>
  ) : null;
}

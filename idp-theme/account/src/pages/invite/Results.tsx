import { Alert, Button, ExpandableSection, List, ListItem } from "@patternfly/react-core";
import { CheckIcon, HourglassHalfIcon } from "@patternfly/react-icons";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router-dom";
import type { Sent } from "./outcome";

/** How many are on their way, folded; and whether some need a hand. */
export function Results({ sent, refused }: { sent: Sent[]; refused: number }) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const isAllGood = refused === 0;
  useEffect(() => {
    if (isAllGood) {
      box.current?.focus();
    }
  }, [isAllGood, sent]);
  return (
    <div ref={box} tabIndex={-1}>
      {sent.length > 0 && (
        <Alert
          isInline
          isLiveRegion
          variant="success"
          component="h2"
          title={t("invite.sent", { count: sent.length })}
          actionLinks={
            <Button variant="link" isInline component={(props) => <Link {...props} to="/invitations" />}>
              {t("invite.toInvitations")}
            </Button>
          }
        >
          <ExpandableSection
            toggleText={t(isOpen ? "invite.sentHide" : "invite.sentShow", { count: sent.length })}
            isExpanded={isOpen}
            onToggle={(_, expanded) => setOpen(expanded)}
          >
            <List isPlain className="companion-sent companion-wrap">
              {sent.map(({ id, contact, waits }) => (
                <ListItem key={id} icon={waits ? <HourglassHalfIcon /> : <CheckIcon />}>
                  {waits ? t("invite.sentWaits", { contact }) : contact}
                </ListItem>
              ))}
            </List>
          </ExpandableSection>
        </Alert>
      )}
      {!isAllGood && (
        <Alert
          isInline
          isLiveRegion
          variant="warning"
          component="h2"
          title={t("invite.refused", { count: refused })}
          className="pf-v5-u-mt-md"
        >
          {t("invite.refusedHint")}
        </Alert>
      )}
    </div>
  );
}

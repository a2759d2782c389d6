import { Alert, ClipboardCopy, Modal, Spinner, Stack, StackItem } from "@patternfly/react-core";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useApi } from "../../api/ApiContext";
import { type Problem, toProblem } from "../../api/Problem";
import type { Invite, InviteLink } from "../../api/types";
import { Moment } from "../../parts/Moment";
import { ProblemAlert } from "../../parts/ProblemAlert";

/** Asks for a fresh link once and shows it until the dialog is closed; it is kept nowhere. */
export function LinkDialog({ invite, onClose }: { invite: Invite; onClose: () => void }) {
  const { t } = useTranslation();
  const { link, problem } = useFreshLink(invite.id);
  return (
    <Modal
      isOpen
      variant="small"
      title={t("invitations.link.title", { contact: invite.contact ?? t("invitations.forgotten") })}
      onClose={onClose}
    >
      <Stack hasGutter aria-live="polite">
        {!link && !problem && <Spinner size="lg" aria-label={t("companion.loading")} />}
        {problem && <ProblemAlert problem={problem} />}
        {link && <FreshLink link={link} />}
      </Stack>
    </Modal>
  );
}

function FreshLink({ link }: { link: InviteLink }) {
  const { t } = useTranslation();
  return (
    <>
      <StackItem>
        <Alert isInline variant="warning" title={t("invitations.link.warning")} component="p">
          {t("invitations.link.explanation")}
        </Alert>
      </StackItem>
      <StackItem>
        <ClipboardCopy
          isReadOnly
          hoverTip={t("invitations.link.copy")}
          clickTip={t("invitations.link.copied")}
          textAriaLabel={t("invitations.link.label")}
          toggleAriaLabel={t("invitations.link.label")}
        >
          {link.url}
        </ClipboardCopy>
      </StackItem>
      <StackItem>
        {t("invitations.expires")} <Moment at={link.expiresAt} />
      </StackItem>
    </>
  );
}

function useFreshLink(id: string) {
  const api = useApi();
  const [link, setLink] = useState<InviteLink>();
  const [problem, setProblem] = useState<Problem>();
  // Every request makes a new link and ends the one before, so an effect that runs twice must not ask twice.
  const isAsked = useRef(false);
  useEffect(() => {
    if (!isAsked.current) {
      isAsked.current = true;
      api.link(id).then(setLink, (error: unknown) => setProblem(toProblem(error)));
    }
  }, [api, id]);
  return { link, problem };
}

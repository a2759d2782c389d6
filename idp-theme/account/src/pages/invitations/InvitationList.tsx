import { Button, Spinner } from "@patternfly/react-core";
import { type ReactNode, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Invite } from "../../api/types";
import { ProblemAlert } from "../../parts/ProblemAlert";
import { AnswerDialog } from "./AnswerDialog";
import { focusRow, InvitationTable, type RowAction } from "./InvitationTable";
import { LinkDialog } from "./LinkDialog";
import { NothingFound } from "./NoInvitations";
import { QuotaLine } from "./QuotaLine";
import { RevokeDialog } from "./RevokeDialog";
import { useInvitationActions } from "./useInvitationActions";
import { type Filter, useInvitations, type Whose } from "./useInvitations";

type Props = {
  whose: Whose;
  filter: Filter;
  /** Shown where there is none at all. */
  empty: ReactNode;
  inviterOf?: (invite: Invite) => ReactNode;
  onClear: () => void;
};

/** The invitations under a filter, with what can be done with each; mount it anew for another filter. */
export function InvitationList({ whose, filter, empty, inviterOf, onClear }: Props) {
  const { t } = useTranslation();
  const { invites, hasMore, problem, reload, replace, showMore } = useInvitations(whose, filter);
  const { busy, change, answer } = useInvitationActions(replace);
  const [dialog, setDialog] = useState<{ action: RowAction; invite: Invite }>();
  const [used, setUsed] = useState<Invite>();
  useEffect(() => {
    if (used) {
      focusRow(used.id);
    }
  }, [used]);
  const act = (action: RowAction, invite: Invite) =>
    action === "resend" || action === "extend" ? void run(invite, change(invite, action)) : setDialog({ action, invite });
  const run = async (invite: Invite, action: Promise<void>) => {
    await action;
    setUsed({ ...invite });
  };
  const close = () => {
    setDialog(undefined);
    setUsed(dialog && { ...dialog.invite });
  };
  return (
    <>
      {problem && <ProblemAlert problem={problem} onRetry={reload} />}
      {!invites && !problem && <Spinner aria-label={t("companion.loading")} />}
      {invites?.length === 0 && (filter.status || filter.search ? <NothingFound onClear={onClear} /> : empty)}
      {invites && invites.length > 0 && (
        <>
          {whose === "own" && <QuotaLine invites={invites} />}
          <InvitationTable invites={invites} busy={busy} onAction={act} inviterOf={inviterOf} />
        </>
      )}
      {hasMore && (
        <Button variant="link" onClick={showMore}>
          {t("companion.showMore")}
        </Button>
      )}
      {dialog?.action === "link" && <LinkDialog invite={dialog.invite} onClose={close} />}
      {dialog?.action === "answer" && (
        <AnswerDialog
          invite={dialog.invite}
          onClose={close}
          onSend={(text) => {
            close();
            void run(dialog.invite, answer(dialog.invite, text));
          }}
        />
      )}
      {dialog?.action === "revoke" && (
        <RevokeDialog
          invite={dialog.invite}
          onClose={close}
          onConfirm={() => {
            close();
            void run(dialog.invite, change(dialog.invite, "revoke"));
          }}
        />
      )}
    </>
  );
}

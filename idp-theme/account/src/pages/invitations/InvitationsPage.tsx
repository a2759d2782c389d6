import { Page } from "@keycloak/keycloak-account-ui";
import { Button, Spinner } from "@patternfly/react-core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router-dom";
import type { Invite } from "../../api/types";
import { ProblemAlert } from "../../parts/ProblemAlert";
import { useDebounced } from "../../parts/useDebounced";
import { NoInvitations, NothingFound } from "./NoInvitations";
import { InvitationFilter } from "./InvitationFilter";
import { InvitationTable, type RowAction } from "./InvitationTable";
import { LinkDialog } from "./LinkDialog";
import { QuotaLine } from "./QuotaLine";
import { RevokeDialog } from "./RevokeDialog";
import { useInvitationActions } from "./useInvitationActions";
import { type Filter, useInvitations } from "./useInvitations";

const everything: Filter = { status: "", search: "" };

export function InvitationsPage() {
  const { t } = useTranslation();
  const [filter, setFilter] = useState(everything);
  const search = useDebounced(filter.search.trim());
  return (
    <Page title={t("invitations.title")} description={t("invitations.description")}>
      <InvitationFilter filter={filter} onChange={setFilter}>
        <InviteButton />
      </InvitationFilter>
      <InvitationList key={`${filter.status}/${search}`} filter={{ status: filter.status, search }} onClear={() => setFilter(everything)} />
    </Page>
  );
}

function InviteButton() {
  const { t } = useTranslation();
  return (
    <Button variant="primary" component={(props) => <Link {...props} to="/invite" />}>
      {t("invite.title")}
    </Button>
  );
}

function InvitationList({ filter, onClear }: { filter: Filter; onClear: () => void }) {
  const { t } = useTranslation();
  const { invites, hasMore, problem, reload, replace, showMore } = useInvitations(filter);
  const { busy, change } = useInvitationActions(replace);
  const [dialog, setDialog] = useState<{ action: RowAction; invite: Invite }>();
  const act = (action: RowAction, invite: Invite) =>
    action === "resend" || action === "extend" ? void change(invite, action) : setDialog({ action, invite });
  const close = () => setDialog(undefined);
  return (
    <>
      {problem && <ProblemAlert problem={problem} onRetry={reload} />}
      {!invites && !problem && <Spinner aria-label={t("companion.loading")} />}
      {invites?.length === 0 && (filter.status || filter.search ? <NothingFound onClear={onClear} /> : <NoInvitations />)}
      {invites && invites.length > 0 && (
        <>
          <QuotaLine invites={invites} />
          <InvitationTable invites={invites} busy={busy} onAction={act} />
        </>
      )}
      {hasMore && (
        <Button variant="link" onClick={showMore}>
          {t("companion.showMore")}
        </Button>
      )}
      {dialog?.action === "link" && <LinkDialog invite={dialog.invite} onClose={close} />}
      {dialog?.action === "revoke" && (
        <RevokeDialog
          invite={dialog.invite}
          onClose={close}
          onConfirm={() => {
            close();
            void change(dialog.invite, "revoke");
          }}
        />
      )}
    </>
  );
}

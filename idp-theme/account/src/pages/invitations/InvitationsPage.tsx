import { Page } from "@keycloak/keycloak-account-ui";
import { Button } from "@patternfly/react-core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router-dom";
import { InvitingStopped } from "../../parts/InvitingStopped";
import { useDebounced } from "../../parts/useDebounced";
import { isInvitingStopped } from "../../parts/invitingStop";
import { useStanding } from "../../shell/Standing";
import { InvitationFilter } from "./InvitationFilter";
import { InvitationList } from "./InvitationList";
import { NoInvitations } from "./NoInvitations";
import { everything } from "./useInvitations";

export function InvitationsPage() {
  const { t } = useTranslation();
  const [filter, setFilter] = useState(everything);
  const search = useDebounced(filter.search.trim());
  const { me } = useStanding();
  return (
    <Page title={t("invitations.title")} description={t("invitations.description")}>
      {me && <InvitingStopped me={me} />}
      <InvitationFilter filter={filter} onChange={setFilter}>
        {!isInvitingStopped(me) && <InviteButton />}
      </InvitationFilter>
      <InvitationList
        key={`${filter.status}/${search}`}
        whose="own"
        filter={{ status: filter.status, search }}
        empty={<NoInvitations />}
        onClear={() => setFilter(everything)}
      />
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

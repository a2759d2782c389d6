import { Page } from "@keycloak/keycloak-account-ui";
import { Button, Chip, ChipGroup, EmptyState, EmptyStateHeader } from "@patternfly/react-core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router-dom";
import type { Invite } from "../../api/types";
import { PersonName } from "../../parts/PersonNames";
import { useDebounced } from "../../parts/useDebounced";
import { InvitationFilter } from "../invitations/InvitationFilter";
import { InvitationList } from "../invitations/InvitationList";
import { everything } from "../invitations/useInvitations";

/** Everybody's invitations, or those of the inviter in the address. */
export function AllInvitationsPage() {
  const { t } = useTranslation();
  const [parameters, setParameters] = useSearchParams();
  const inviter = parameters.get("inviter");
  const [filter, setFilter] = useState(everything);
  const search = useDebounced(filter.search.trim());
  const inviterOf = (invite: Invite) => (
    <Button variant="link" isInline onClick={() => setParameters({ inviter: invite.inviter })}>
      <PersonName account={invite.inviter} />
    </Button>
  );
  return (
    <Page title={t("moderation.invitations")} description={t("moderation.invitationsDescription")}>
      <InvitationFilter filter={filter} onChange={setFilter}>
        {inviter && (
          <ChipGroup categoryName={t("invitations.inviter")}>
            <Chip onClick={() => setParameters({})} closeBtnAriaLabel={t("companion.clear")}>
              <PersonName account={inviter} />
            </Chip>
          </ChipGroup>
        )}
      </InvitationFilter>
      <InvitationList
        key={`${filter.status}/${search}/${inviter}`}
        whose={inviter ? { inviter } : "all"}
        filter={{ status: filter.status, search }}
        inviterOf={inviterOf}
        empty={
          <EmptyState>
            <EmptyStateHeader titleText={t("moderation.noInvitations")} headingLevel="h2" />
          </EmptyState>
        }
        onClear={() => setFilter(everything)}
      />
    </Page>
  );
}

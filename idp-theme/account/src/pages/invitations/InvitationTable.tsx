import { MenuToggle, Stack, StackItem } from "@patternfly/react-core";
import { EllipsisVIcon } from "@patternfly/react-icons";
import { ActionsColumn, type IAction, Table, Tbody, Td, Th, Thead, Tr } from "@patternfly/react-table";
import { useTranslation } from "react-i18next";
import type { Invite } from "../../api/types";
import { membershipText } from "../../parts/memberships";
import { Moment } from "../../parts/Moment";
import { isOpen, lastChange } from "./status";
import { StatusLabel } from "./StatusLabel";

export type RowAction = "resend" | "extend" | "link" | "revoke";

type Props = { invites: Invite[]; busy?: string; onAction: (action: RowAction, invite: Invite) => void };

/** A table, and on a narrow screen a card for each row. */
export function InvitationTable({ invites, busy, onAction }: Props) {
  const { t } = useTranslation();
  return (
    <Table aria-label={t("invitations.title")} variant="compact" gridBreakPoint="grid-lg">
      <Thead>
        <Tr>
          <Th width={25}>{t("invitations.whom")}</Th>
          <Th width={30}>{t("invitations.what")}</Th>
          <Th>{t("invitations.state")}</Th>
          <Th width={20}>{t("invitations.when")}</Th>
          <Th screenReaderText={t("invitations.actions")} />
        </Tr>
      </Thead>
      <Tbody>
        {invites.map((invite) => (
          <Row key={invite.id} invite={invite} isBusy={busy === invite.id} onAction={onAction} />
        ))}
      </Tbody>
    </Table>
  );
}

function Row({ invite, isBusy, onAction }: { invite: Invite; isBusy: boolean; onAction: Props["onAction"] }) {
  const { t } = useTranslation();
  const contact = invite.contact ?? t("invitations.forgotten");
  return (
    <Tr>
      <Td dataLabel={t("invitations.whom")} modifier="breakWord">
        {contact}
      </Td>
      <Td dataLabel={t("invitations.what")} modifier="breakWord">
        <Destination invite={invite} />
      </Td>
      <Td dataLabel={t("invitations.state")}>
        <div>
          <StatusLabel invite={invite} />
        </div>
      </Td>
      <Td dataLabel={t("invitations.when")}>
        <When invite={invite} />
      </Td>
      <Td isActionCell>
        <RowActions {...{ invite, contact, isBusy, onAction }} />
      </Td>
    </Tr>
  );
}

type ActionsProps = { invite: Invite; contact: string; isBusy: boolean; onAction: Props["onAction"] };

function RowActions({ invite, contact, isBusy, onAction }: ActionsProps) {
  const { t } = useTranslation();
  const items = allowedActions(invite).map<IAction>((action) => ({
    title: t(`invitations.action.${action}`),
    onClick: () => onAction(action, invite),
  }));
  if (items.length === 0) {
    return null;
  }
  return (
    <ActionsColumn
      items={items}
      isDisabled={isBusy}
      actionsToggle={({ onToggle, isOpen, isDisabled, toggleRef }) => (
        <MenuToggle
          ref={toggleRef}
          variant="plain"
          onClick={onToggle}
          isExpanded={isOpen}
          isDisabled={isDisabled}
          aria-label={t("invitations.actionsFor", { contact })}
        >
          <EllipsisVIcon />
        </MenuToggle>
      )}
    />
  );
}

function Destination({ invite }: { invite: Invite }) {
  const { t } = useTranslation();
  const lines = invite.memberships.map(membershipText);
  const rooms = invite.rooms.map(({ id, name }) => name ?? id);
  return (
    <Stack>
      {lines.map((line) => (
        <StackItem key={line}>{line}</StackItem>
      ))}
      {rooms.length > 0 && (
        <StackItem className={lines.length > 0 ? "pf-v5-u-color-200" : undefined}>
          {t("invitations.rooms", { count: rooms.length, rooms: rooms.join(", ") })}
        </StackItem>
      )}
      {lines.length + rooms.length === 0 && <StackItem>{t("invitations.community")}</StackItem>}
    </Stack>
  );
}

function When({ invite }: { invite: Invite }) {
  const { t } = useTranslation();
  return (
    <Stack>
      <StackItem>
        <Moment at={lastChange(invite)} />
      </StackItem>
      {isOpen(invite) && (
        <StackItem className="pf-v5-u-color-200">
          {t("invitations.expires")} <Moment at={invite.expiresAt} />
        </StackItem>
      )}
    </Stack>
  );
}

function allowedActions({ canResend, canExtend, canCopyLink, canRevoke }: Invite): RowAction[] {
  const allowed: Record<RowAction, boolean> = { resend: canResend, extend: canExtend, link: canCopyLink, revoke: canRevoke };
  return (Object.keys(allowed) as RowAction[]).filter((action) => allowed[action]);
}

import { MenuToggle, Stack, StackItem } from "@patternfly/react-core";
import { EllipsisVIcon } from "@patternfly/react-icons";
import { ActionsColumn, type IAction, Table, Tbody, Td, Th, Thead, Tr } from "@patternfly/react-table";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Invite } from "../../api/types";
import { Destination } from "../../parts/Destination";
import { Moment } from "../../parts/Moment";
import { isOpen, lastChange } from "./status";
import { StatusLabel } from "./StatusLabel";

export type RowAction = "answer" | "resend" | "extend" | "link" | "revoke";

type Props = {
  invites: Invite[];
  busy?: string;
  onAction: (action: RowAction, invite: Invite) => void;
  /** For a column that says who invited. */
  inviterOf?: (invite: Invite) => ReactNode;
};

/** Puts the cursor back to a row whose menu was used: on its menu, or on whom it is about where there is none any more. */
export function focusRow(invite: string): void {
  (document.getElementById(menuId(invite)) ?? document.getElementById(contactId(invite)))?.focus();
}

const menuId = (invite: string) => `invitation-menu-${invite}`;
const contactId = (invite: string) => `invitation-contact-${invite}`;

/** A table, and on a narrow screen a card for each row. */
export function InvitationTable({ invites, busy, onAction, inviterOf }: Props) {
  const { t } = useTranslation();
  return (
    <Table aria-label={t("invitations.title")} variant="compact" gridBreakPoint="grid-lg">
      <Thead>
        <Tr>
          <Th width={25}>{t("invitations.whom")}</Th>
          {inviterOf && <Th width={15}>{t("invitations.inviter")}</Th>}
          <Th width={inviterOf ? 20 : 30}>{t("invitations.what")}</Th>
          <Th>{t("invitations.state")}</Th>
          <Th width={20}>{t("invitations.when")}</Th>
          <Th screenReaderText={t("invitations.actions")} />
        </Tr>
      </Thead>
      <Tbody>
        {invites.map((invite) => (
          <Row key={invite.id} {...{ invite, onAction, inviterOf }} isBusy={busy === invite.id} />
        ))}
      </Tbody>
    </Table>
  );
}

type RowProps = Pick<Props, "onAction" | "inviterOf"> & { invite: Invite; isBusy: boolean };

function Row({ invite, isBusy, onAction, inviterOf }: RowProps) {
  const { t } = useTranslation();
  const contact = invite.contact ?? t("invitations.forgotten");
  return (
    <Tr>
      <Td id={contactId(invite.id)} tabIndex={-1} dataLabel={t("invitations.whom")} modifier="breakWord">
        {contact}
      </Td>
      {inviterOf && (
        <Td dataLabel={t("invitations.inviter")} modifier="breakWord">
          {inviterOf(invite)}
        </Td>
      )}
      <Td dataLabel={t("invitations.what")} modifier="breakWord">
        <Destination {...invite} />
      </Td>
      <Td dataLabel={t("invitations.state")}>
        <div>
          <StatusLabel invite={invite} />
        </div>
        {invite.question && <Said by={t("invitations.question")} text={invite.question} />}
        {invite.reason && <Said by={t("invitations.reason")} text={invite.reason} />}
      </Td>
      <Td dataLabel={t("invitations.when")}>
        <When invite={invite} />
      </Td>
      <Td isActionCell>
        <RowActions {...{ invite, contact, isBusy, onAction }} isOwn={!inviterOf} />
      </Td>
    </Tr>
  );
}

function Said({ by, text }: { by: string; text: string }) {
  return (
    <p className="pf-v5-u-color-200 companion-wrap">
      {by} {text}
    </p>
  );
}

type ActionsProps = { invite: Invite; contact: string; isBusy: boolean; isOwn: boolean; onAction: Props["onAction"] };

function RowActions({ invite, contact, isBusy, isOwn, onAction }: ActionsProps) {
  const { t } = useTranslation();
  const items = allowedActions(invite, isOwn).map<IAction>((action) => ({
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
          id={menuId(invite.id)}
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

function allowedActions({ question, canResend, canExtend, canCopyLink, canRevoke }: Invite, isOwn: boolean): RowAction[] {
  const allowed: Record<RowAction, boolean> = {
    answer: isOwn && question !== null,
    resend: canResend,
    extend: canExtend,
    link: canCopyLink,
    revoke: canRevoke,
  };
  return (Object.keys(allowed) as RowAction[]).filter((action) => allowed[action]);
}

import { Button, Pagination, Switch, Toolbar, ToolbarContent, ToolbarItem } from "@patternfly/react-core";
import { CheckCircleIcon, PencilAltIcon, TrashIcon } from "@patternfly/react-icons";
import { Table, Tbody, Td, Th, Thead, Tr } from "@patternfly/react-table";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { groupName } from "../../parts/memberships";
import type { PeopleProps } from "./PeopleFields";
import { RowFields } from "./RowFields";
import { findOrganization, roomNames, type Row } from "./rows";
import type { Choices } from "./useInviteOptions";
import type { Verdict, Verdicts } from "./verdicts";

const pageSize = 50;

// Columns only where some rows have these of their own.
const ownColumns = ["rooms", "message"] as const;
type OwnColumn = (typeof ownColumns)[number];

/** Many people in a table with a verdict per row; a refused row, or one that is picked, opens its inputs in place. */
export function PeopleTable({ rows, verdicts, choices, onChange, onRemove }: PeopleProps) {
  const { t } = useTranslation();
  const { opened, open } = useOpenedRows(verdicts);
  const [isFiltered, setFiltered] = useState(true);
  const [page, setPage] = useState(1);
  const numbered = rows.map((row, index) => ({ row, number: index + 1 }));
  const hasOpened = numbered.some(({ row }) => opened.has(row.id));
  const listed = isFiltered && hasOpened ? numbered.filter(({ row }) => opened.has(row.id)) : numbered;
  const own = ownColumns.filter((field) => rows.some((row) => row[field].length > 0));
  const lastPage = Math.max(1, Math.ceil(listed.length / pageSize));
  const shown = listed.slice((Math.min(page, lastPage) - 1) * pageSize).slice(0, pageSize);
  const count = rows.filter(({ id }) => verdicts[id]?.isGood === false).length;
  return (
    <>
      <p aria-live="polite">{t(count > 0 ? "invite.needHand" : "invite.allListed", { count, people: rows.length })}</p>
      <Toolbar inset={{ default: "insetNone" }}>
        <ToolbarContent>
          {hasOpened && (
            <ToolbarItem alignSelf="center">
              <Switch label={t("invite.onlyProblems")} isChecked={isFiltered} onChange={(_, checked) => setFiltered(checked)} />
            </ToolbarItem>
          )}
          <ToolbarItem variant="pagination">
            <Pages count={listed.length} page={Math.min(page, lastPage)} onChange={setPage} />
          </ToolbarItem>
        </ToolbarContent>
      </Toolbar>
      <Table aria-label={t("invite.people")} variant="compact" gridBreakPoint="grid-lg">
        <Heads own={own} />
        <Tbody>
          {shown.map(({ row, number }) =>
            opened.has(row.id) ? (
              <Tr key={row.id}>
                <Td dataLabel={t("invite.row")}>{number}</Td>
                <Td colSpan={5 + own.length}>
                  <RowFields {...{ row, number, choices, onChange }} verdict={verdicts[row.id]} onRemove={() => onRemove(row)} />
                </Td>
              </Tr>
            ) : (
              <ClosedRow
                key={row.id}
                {...{ row, number, choices, own }}
                verdict={verdicts[row.id]}
                onOpen={() => open(row)}
                onRemove={() => onRemove(row)}
              />
            ),
          )}
        </Tbody>
      </Table>
    </>
  );
}

function Pages({ count, page, onChange }: { count: number; page: number; onChange: (page: number) => void }) {
  const { t } = useTranslation();
  return (
    <Pagination
      isCompact
      itemCount={count}
      perPage={pageSize}
      perPageOptions={[]}
      page={page}
      onSetPage={(_, page) => onChange(page)}
      titles={{
        items: "",
        ofWord: t("companion.of"),
        paginationAriaLabel: t("invite.pages"),
        toPreviousPageAriaLabel: t("companion.previous"),
        toNextPageAriaLabel: t("companion.next"),
      }}
    />
  );
}

function Heads({ own }: { own: OwnColumn[] }) {
  const { t } = useTranslation();
  return (
    <Thead>
      <Tr>
        <Th width={10}>{t("invite.row")}</Th>
        <Th>{t("invite.contact")}</Th>
        <Th>{t("invite.organization")}</Th>
        <Th>{t("invite.group")}</Th>
        {own.map((field) => (
          <Th key={field}>{t(labels[field])}</Th>
        ))}
        <Th>{t("invite.verdict")}</Th>
        <Th screenReaderText={t("invitations.actions")} />
      </Tr>
    </Thead>
  );
}

const labels = { rooms: "invite.rooms", message: "invite.ownMessage" } as const;

type ClosedProps = {
  row: Row;
  number: number;
  verdict?: Verdict;
  choices: Choices;
  own: OwnColumn[];
  onOpen: () => void;
  onRemove: () => void;
};

function ClosedRow({ row, number, verdict, choices, own, onOpen, onRemove }: ClosedProps) {
  const { t } = useTranslation();
  return (
    <Tr>
      <Td dataLabel={t("invite.row")}>{number}</Td>
      <Td dataLabel={t("invite.contact")} modifier="breakWord">
        {row.contact}
      </Td>
      <Td dataLabel={t("invite.organization")}>{findOrganization(row.organization, choices.known)?.name ?? row.organization}</Td>
      <Td dataLabel={t("invite.group")}>{groupName(row.group)}</Td>
      {own.map((field) => (
        <Td key={field} dataLabel={t(labels[field])} modifier="breakWord">
          {field === "rooms" ? roomNames(row.rooms, choices.options.rooms) : row.message}
        </Td>
      ))}
      <Td dataLabel={t("invite.verdict")}>
        {verdict?.isGood && (
          <>
            <CheckCircleIcon color="var(--pf-v5-global--success-color--100)" /> {t("invite.good")}
          </>
        )}
      </Td>
      <Td isActionCell modifier="nowrap">
        <Button variant="plain" onClick={onOpen} aria-label={t("invite.editPerson", { number })} icon={<PencilAltIcon />} />
        <Button variant="plain" onClick={onRemove} aria-label={t("invite.removePerson", { number })} icon={<TrashIcon />} />
      </Td>
    </Tr>
  );
}

/** The rows that a check refused and those that were opened since; correcting one doesn't close it under the reader's hands. */
function useOpenedRows(verdicts: Verdicts) {
  const [opened, setOpened] = useState(() => new Set(refusedIds(verdicts)));
  const [seen, setSeen] = useState(verdicts);
  if (seen !== verdicts) {
    setSeen(verdicts);
    setOpened(new Set([...opened, ...refusedIds(verdicts)]));
  }
  return { opened, open: ({ id }: Row) => setOpened(new Set([...opened, id])) };
}

function refusedIds(verdicts: Verdicts): string[] {
  return Object.entries(verdicts).flatMap(([id, verdict]) => (verdict.isGood ? [] : [id]));
}

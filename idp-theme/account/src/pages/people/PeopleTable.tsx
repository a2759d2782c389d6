import { Button, Label } from "@patternfly/react-core";
import { Table, Tbody, Td, Th, Thead, Tr } from "@patternfly/react-table";
import { useTranslation } from "react-i18next";
import type { TreePerson } from "../../api/types";
import { Moment } from "../../parts/Moment";
import { personName } from "../../parts/personName";
import { isHeld, isNotable } from "./standing";
import { StandingLabel } from "./StandingLabel";

type Props = { people: TreePerson[]; chosen: string | undefined; onChoose: (account: string) => void };

/** Everybody of the branch: who, when, by whom, and how they turned out. The same as the picture, in rows. */
export function PeopleTable({ people, chosen, onChoose }: Props) {
  const { t } = useTranslation();
  const names = new Map(people.map((person) => [person.account, personName(t, person)]));
  return (
    <Table aria-label={t("people.title")} variant="compact" gridBreakPoint="grid-lg">
      <Thead>
        <Tr>
          <Th>{t("people.name")}</Th>
          <Th>{t("people.inviter")}</Th>
          <Th>{t("people.joined")}</Th>
          <Th>{t("people.turnedOut")}</Th>
          <Th>{t("people.belowHeading")}</Th>
          <Th>{t("people.openHeading")}</Th>
          <Th>{t("people.remarks")}</Th>
        </Tr>
      </Thead>
      <Tbody>
        {people.map((person) => (
          <Tr key={person.account} isRowSelected={person.account === chosen}>
            <Td dataLabel={t("people.name")} modifier="breakWord">
              <Button
                variant="link"
                isInline
                aria-current={person.account === chosen ? "true" : undefined}
                onClick={() => onChoose(person.account)}
              >
                {personName(t, person)}
              </Button>
            </Td>
            <Td dataLabel={t("people.inviter")} modifier="breakWord">
              {person.inviter ? (names.get(person.inviter) ?? personName(t, { account: person.inviter, name: null })) : "–"}
            </Td>
            <Td dataLabel={t("people.joined")}>{person.joinedAt ? <Moment at={person.joinedAt} /> : "–"}</Td>
            <Td dataLabel={t("people.turnedOut")}>
              <StandingLabel standing={person.standing} />
            </Td>
            <Td dataLabel={t("people.belowHeading")}>{person.below}</Td>
            <Td dataLabel={t("people.openHeading")}>{person.open}</Td>
            <Td dataLabel={t("people.remarks")}>
              <Remarks person={person} />
            </Td>
          </Tr>
        ))}
      </Tbody>
    </Table>
  );
}

export function Remarks({ person }: { person: TreePerson }) {
  const { t } = useTranslation();
  return (
    <span className="companion-chips">
      {isNotable(person.status) && <Label isCompact>{t(`people.status.${person.status}`)}</Label>}
      {person.isFlagged && (
        <Label isCompact color="red">
          {t("people.flagged")}
        </Label>
      )}
      {isHeld(person) && (
        <Label isCompact color="cyan">
          {t(person.isFrozen ? "people.frozen" : "people.frozenAbove")}
        </Label>
      )}
    </span>
  );
}

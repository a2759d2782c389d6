import { Button, Flex } from "@patternfly/react-core";
import { ExpandableRowContent, Table, Tbody, Td, Th, Thead, Tr } from "@patternfly/react-table";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ProblemCause } from "../../api/types";
import { refusalText } from "../../api/wording";
import { Moment } from "../../parts/Moment";
import { Victims } from "./Victims";
import { useSolving } from "./useSolving";

type Props = { causes: ProblemCause[]; nameOf: (account: string) => string; onChanged: () => void };

export function CauseTable({ causes, nameOf, onChanged }: Props) {
  const { t } = useTranslation();
  return (
    <Table aria-label={t("problems.title")} gridBreakPoint="grid-lg">
      <Thead>
        <Tr>
          <Th screenReaderText={t("problems.details")} />
          <Th width={40}>{t("problems.cause")}</Th>
          <Th>{t("problems.affected")}</Th>
          <Th>{t("problems.since")}</Th>
          <Th screenReaderText={t("invitations.actions")} />
        </Tr>
      </Thead>
      {causes.map((cause, index) => (
        <Cause key={cause.affected[0]?.id ?? cause.code} {...{ cause, index, nameOf, onChanged }} />
      ))}
    </Table>
  );
}

type CauseProps = { cause: ProblemCause; index: number; nameOf: Props["nameOf"]; onChanged: () => void };

function Cause({ cause, index, nameOf, onChanged }: CauseProps) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const { isBusy, results, solve } = useSolving(onChanged);
  const ids = cause.affected.map(({ id }) => id);
  const canSkip = cause.affected.every(({ room }) => room !== null);
  const failed = Object.values(results).find((result) => result !== "done");
  return (
    <Tbody isExpanded={isOpen}>
      <Tr>
        <Td
          expand={
            {
              rowIndex: index,
              isExpanded: isOpen,
              onToggle: () => setOpen(!isOpen),
              expandId: "cause",
              "aria-label": t("problems.details"),
            } as never
          }
        />
        <Td dataLabel={t("problems.cause")} modifier="breakWord">
          <div>
            {t([`problems.code.${cause.code}`, "problems.code.other"], { code: cause.code })}
            {cause.room && <div className="companion-members">{t("problems.room", { room: cause.room.name ?? cause.room.id })}</div>}
          </div>
        </Td>
        <Td dataLabel={t("problems.affected")}>{t("problems.people", { count: cause.affected.length })}</Td>
        <Td dataLabel={t("problems.since")}>
          <Moment at={cause.since} />
        </Td>
        <Td>
          <Flex aria-live="polite">
            <Button variant="secondary" size="sm" isDisabled={isBusy} isLoading={isBusy} onClick={() => void solve(ids, "retry")}>
              {t("problems.retry")}
            </Button>
            {canSkip && (
              <Button variant="link" size="sm" isDisabled={isBusy} onClick={() => void solve(ids, "skip")}>
                {t("problems.skip")}
              </Button>
            )}
            {!isBusy && Object.keys(results).length > 0 && (
              <span className="companion-members">{failed ? refusalText(t, failed) : t("problems.done")}</span>
            )}
          </Flex>
        </Td>
      </Tr>
      <Tr isExpanded={isOpen}>
        <Td noPadding colSpan={5}>
          <ExpandableRowContent>{isOpen && <Victims {...{ cause, nameOf, isBusy, results, solve }} />}</ExpandableRowContent>
        </Td>
      </Tr>
    </Tbody>
  );
}

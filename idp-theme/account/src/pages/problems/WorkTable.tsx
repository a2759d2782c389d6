import { Button, Flex, Label } from "@patternfly/react-core";
import { Table, Tbody, Td, Th, Thead, Tr } from "@patternfly/react-table";
import { useTranslation } from "react-i18next";
import type { StuckWork } from "../../api/types";
import { refusalText } from "../../api/wording";
import { Moment } from "../../parts/Moment";
import { useSolving } from "./useSolving";

type Props = { work: StuckWork[]; onChanged: () => void };

/** What isn't done because it was given up, or because something is away: a row for each cause. */
export function WorkTable({ work, onChanged }: Props) {
  const { t } = useTranslation();
  const { isBusy, results, solve } = useSolving(onChanged);
  return (
    <Table aria-label={t("problems.work.title")} gridBreakPoint="grid-lg">
      <Thead>
        <Tr>
          <Th width={40}>{t("problems.cause")}</Th>
          <Th>{t("problems.work.waiting")}</Th>
          <Th>{t("problems.since")}</Th>
          <Th screenReaderText={t("invitations.actions")} />
        </Tr>
      </Thead>
      <Tbody>
        {work.map(({ id, code, isDead, kinds, count, since }) => {
          const result = results[id];
          return (
            <Tr key={id}>
              <Td dataLabel={t("problems.cause")} modifier="breakWord">
                <div>
                  {t([`problems.code.${code}`, "problems.code.other"], { code })}{" "}
                  {isDead && <Label color="red">{t("problems.work.dead")}</Label>}
                </div>
              </Td>
              <Td dataLabel={t("problems.work.waiting")} modifier="breakWord">
                {t("problems.work.count", {
                  count,
                  what: kinds
                    .map((kind) => t([`problems.kind.${kind}`, "problems.kind.other"]))
                    .filter(isFirst)
                    .join(", "),
                })}
              </Td>
              <Td dataLabel={t("problems.since")}>
                <Moment at={since} />
              </Td>
              <Td>
                <Flex aria-live="polite">
                  <Button variant="secondary" size="sm" isDisabled={isBusy} onClick={() => void solve([id], "retry")}>
                    {t("problems.retry")}
                  </Button>
                  {result && <span className="companion-members">{result === "done" ? t("problems.done") : refusalText(t, result)}</span>}
                </Flex>
              </Td>
            </Tr>
          );
        })}
      </Tbody>
    </Table>
  );
}

const isFirst = (text: string, index: number, all: string[]) => all.indexOf(text) === index;

import { ExpandableSection } from "@patternfly/react-core";
import { Table, Tbody, Td, Th, Thead, Tr } from "@patternfly/react-table";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { FunnelWeek } from "../../api/types";
import { counts } from "./plot";
import { weekText } from "./weekText";

/** The plot's numbers, newest week first. */
export function WeekTable({ weeks }: { weeks: FunnelWeek[] }) {
  const { t, i18n } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  return (
    <ExpandableSection toggleText={t("funnel.asTable")} isExpanded={isOpen} onToggle={(_, isOpen) => setOpen(isOpen)}>
      <Table aria-label={t("funnel.byWeek")} variant="compact" gridBreakPoint="grid-md">
        <Thead>
          <Tr>
            <Th>{t("funnel.week")}</Th>
            {counts.map((count) => (
              <Th key={count}>{t(`funnel.count.${count}`)}</Th>
            ))}
          </Tr>
        </Thead>
        <Tbody>
          {[...weeks].reverse().map((week) => (
            <Tr key={week.week}>
              <Td dataLabel={t("funnel.week")}>{weekText(week.week, i18n.language)}</Td>
              {counts.map((count) => (
                <Td key={count} dataLabel={t(`funnel.count.${count}`)}>
                  {week[count]}
                </Td>
              ))}
            </Tr>
          ))}
        </Tbody>
      </Table>
    </ExpandableSection>
  );
}

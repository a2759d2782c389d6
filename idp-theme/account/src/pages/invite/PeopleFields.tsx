import { Button, Stack, StackItem } from "@patternfly/react-core";
import { PlusCircleIcon } from "@patternfly/react-icons";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { inputId, RowFields } from "./RowFields";
import type { Row } from "./rows";
import type { Choices } from "./useInviteOptions";
import type { Verdicts } from "./verdicts";

export type PeopleProps = {
  rows: Row[];
  verdicts: Verdicts;
  choices: Choices;
  onChange: (row: Row) => void;
  onRemove: (row: Row) => void;
  onAdd: () => void;
};

/** A few people, each with all inputs open. */
export function PeopleFields({ rows, verdicts, choices, onChange, onRemove, onAdd }: PeopleProps) {
  const { t } = useTranslation();
  useFocusOnAdded(rows);
  return (
    <Stack hasGutter>
      {rows.map((row, index) => (
        <StackItem key={row.id}>
          <RowFields
            row={row}
            number={index + 1}
            verdict={verdicts[row.id]}
            choices={choices}
            onChange={onChange}
            onRemove={rows.length > 1 ? () => onRemove(row) : undefined}
          />
        </StackItem>
      ))}
      <StackItem>
        <Button variant="link" isInline icon={<PlusCircleIcon />} onClick={onAdd}>
          {t("invite.add")}
        </Button>
      </StackItem>
    </Stack>
  );
}

function useFocusOnAdded(rows: Row[]) {
  const count = useRef(rows.length);
  useEffect(() => {
    const last = rows.at(-1);
    if (rows.length === count.current + 1 && last) {
      document.getElementById(inputId(last, "contact"))?.focus();
    }
    count.current = rows.length;
  }, [rows]);
}

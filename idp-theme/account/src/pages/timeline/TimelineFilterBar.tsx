import {
  Chip,
  ChipGroup,
  FormSelect,
  FormSelectOption,
  TextInput,
  Toolbar,
  ToolbarContent,
  ToolbarGroup,
  ToolbarItem,
} from "@patternfly/react-core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { PersonName } from "../../parts/PersonNames";
import { shortInvite, type TimelineFilter } from "./filter";

type Props = {
  filter: TimelineFilter;
  onChange: (filter: TimelineFilter) => void;
  children: ReactNode;
};

const kinds = ["", "UserEvent", "AdminEvent"];

export function TimelineFilterBar({ filter, onChange, children }: Props) {
  const { t } = useTranslation();
  return (
    <Toolbar inset={{ default: "insetNone" }}>
      <ToolbarContent alignItems="baseline">
        <ToolbarItem>
          <FormSelect aria-label={t("timeline.kind")} value={filter.kind ?? ""} onChange={(_, kind) => onChange({ kind })}>
            {kinds.map((kind) => (
              <FormSelectOption key={kind} value={kind} label={t(`timeline.kinds.${kind || "all"}`)} />
            ))}
          </FormSelect>
        </ToolbarItem>
        <Day name="from" {...{ filter, onChange }} />
        <Day name="to" {...{ filter, onChange }} />
        {filter.person && (
          <ChosenChip name="person" onChange={onChange}>
            <PersonName account={filter.person} />
          </ChosenChip>
        )}
        {filter.invite && (
          <ChosenChip name="invite" onChange={onChange}>
            {shortInvite(filter.invite)}
          </ChosenChip>
        )}
        {filter.type && (
          <ChosenChip name="type" onChange={onChange}>
            {filter.type}
          </ChosenChip>
        )}
        <ToolbarGroup className="companion-chips" align={{ md: "alignRight" }}>
          {children}
        </ToolbarGroup>
      </ToolbarContent>
    </Toolbar>
  );
}

function Day({ name, filter, onChange }: { name: "from" | "to"; filter: TimelineFilter; onChange: Props["onChange"] }) {
  const { t } = useTranslation();
  return (
    <ToolbarItem>
      <label className="companion-day">
        {t(`timeline.${name}`)}
        <TextInput
          type="date"
          aria-label={t(`timeline.${name}`)}
          value={filter[name] ?? ""}
          onChange={(_, day) => onChange({ [name]: day })}
        />
      </label>
    </ToolbarItem>
  );
}

type ChipProps = { name: "person" | "invite" | "type"; onChange: Props["onChange"]; children: ReactNode };

/** What was chosen by a click, with the way back. */
function ChosenChip({ name, onChange, children }: ChipProps) {
  const { t } = useTranslation();
  return (
    <ToolbarItem>
      <ChipGroup categoryName={t(`timeline.chosen.${name}`)}>
        <Chip onClick={() => onChange({ [name]: undefined })} closeBtnAriaLabel={t("companion.clear")}>
          {children}
        </Chip>
      </ChipGroup>
    </ToolbarItem>
  );
}

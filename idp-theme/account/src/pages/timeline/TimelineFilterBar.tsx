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
import type { TimelineFilter } from "./filter";

type Props = {
  filter: TimelineFilter;
  nameOf: (account: string) => string;
  onChange: (filter: TimelineFilter) => void;
  children: ReactNode;
};

const kinds = ["", "UserEvent", "AdminEvent"];

export function TimelineFilterBar({ filter, nameOf, onChange, children }: Props) {
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
        <ChosenChip name="person" text={filter.person && nameOf(filter.person)} onChange={onChange} />
        <ChosenChip name="invite" text={filter.invite?.slice(0, 8)} onChange={onChange} />
        <ChosenChip name="type" text={filter.type} onChange={onChange} />
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

type ChipProps = { name: "person" | "invite" | "type"; text: string | undefined; onChange: Props["onChange"] };

/** What was chosen by a click, with the way back. */
function ChosenChip({ name, text, onChange }: ChipProps) {
  const { t } = useTranslation();
  return text ? (
    <ToolbarItem>
      <ChipGroup categoryName={t(`timeline.chosen.${name}`)}>
        <Chip onClick={() => onChange({ [name]: undefined })} closeBtnAriaLabel={t("companion.clear")}>
          {text}
        </Chip>
      </ChipGroup>
    </ToolbarItem>
  ) : null;
}

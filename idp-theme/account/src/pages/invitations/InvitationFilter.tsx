import {
  MenuToggle,
  SearchInput,
  Select,
  SelectList,
  SelectOption,
  Toolbar,
  ToolbarContent,
  ToolbarGroup,
  ToolbarItem,
} from "@patternfly/react-core";
import { FilterIcon } from "@patternfly/react-icons";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { statuses } from "./status";
import type { Filter } from "./useInvitations";

type Props = { filter: Filter; onChange: (filter: Filter) => void; children: ReactNode };

export function InvitationFilter({ filter, onChange, children }: Props) {
  const { t } = useTranslation();
  return (
    <Toolbar inset={{ default: "insetNone" }}>
      <ToolbarContent>
        <ToolbarItem variant="search-filter">
          <SearchInput
            aria-label={t("invitations.search")}
            placeholder={t("invitations.search")}
            resetButtonLabel={t("invitations.clearSearch")}
            value={filter.search}
            onChange={(_, search) => onChange({ ...filter, search })}
            onClear={() => onChange({ ...filter, search: "" })}
          />
        </ToolbarItem>
        <ToolbarItem>
          <StatusSelect status={filter.status} onChange={(status) => onChange({ ...filter, status })} />
        </ToolbarItem>
        <ToolbarGroup align={{ default: "alignRight" }}>{children}</ToolbarGroup>
      </ToolbarContent>
    </Toolbar>
  );
}

function StatusSelect({ status, onChange }: { status: string; onChange: (status: string) => void }) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const textOf = (value: string) => (value ? t(`status.filter.${value}`) : t("invitations.allStates"));
  return (
    <Select
      isOpen={isOpen}
      onOpenChange={setOpen}
      selected={status}
      onSelect={(_, value) => {
        onChange(String(value));
        setOpen(false);
      }}
      toggle={(toggle) => (
        <MenuToggle
          ref={toggle}
          icon={<FilterIcon />}
          isExpanded={isOpen}
          onClick={() => setOpen(!isOpen)}
          aria-label={t("invitations.filter", { state: textOf(status) })}
        >
          {textOf(status)}
        </MenuToggle>
      )}
    >
      <SelectList aria-label={t("invitations.state")}>
        {["", ...statuses].map((value) => (
          <SelectOption key={value} value={value}>
            {textOf(value)}
          </SelectOption>
        ))}
      </SelectList>
    </Select>
  );
}

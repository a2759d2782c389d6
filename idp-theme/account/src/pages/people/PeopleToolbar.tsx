import { SearchInput, ToggleGroup, ToggleGroupItem, Toolbar, ToolbarContent, ToolbarGroup, ToolbarItem } from "@patternfly/react-core";
import { useTranslation } from "react-i18next";
import { useIsNarrow } from "../../parts/useIsNarrow";

export type View = "picture" | "table";

const views: View[] = ["picture", "table"];

type Props = { search: string; onSearch: (search: string) => void; view: View; onView: (view: View) => void };

export function PeopleToolbar({ search, onSearch, view, onView }: Props) {
  const { t } = useTranslation();
  const isNarrow = useIsNarrow();
  return (
    <Toolbar inset={{ default: "insetNone" }}>
      <ToolbarContent>
        <ToolbarItem variant="search-filter">
          <SearchInput
            aria-label={t("people.search")}
            placeholder={t("people.search")}
            resetButtonLabel={t("invitations.clearSearch")}
            value={search}
            onChange={(_, search) => onSearch(search)}
            onClear={() => onSearch("")}
          />
        </ToolbarItem>
        {!isNarrow && (
          <ToolbarGroup align={{ default: "alignRight" }}>
            <ToggleGroup aria-label={t("people.view")}>
              {views.map((one) => (
                <ToggleGroupItem key={one} text={t(`people.views.${one}`)} isSelected={view === one} onChange={() => onView(one)} />
              ))}
            </ToggleGroup>
          </ToolbarGroup>
        )}
      </ToolbarContent>
    </Toolbar>
  );
}

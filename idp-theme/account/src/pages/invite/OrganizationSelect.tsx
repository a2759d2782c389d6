import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { OrganizationOption } from "../../api/types";
import type { FieldProps } from "../../parts/Field";
import { Typeahead } from "../../parts/Typeahead";
import { findOrganization } from "./rows";
import type { Choices } from "./useInviteOptions";
import { useOrganizationSearch } from "./useOrganizationSearch";

type Props = { field: FieldProps; value: string; choices: Choices; onChange: (alias: string) => void };

export function OrganizationSelect({ field, value, choices, onChange }: Props) {
  const { t } = useTranslation();
  const [search, setSearch] = useState<string>();
  const { organizations, problem, isLoading, more } = useOrganizationSearch(search, choices.learn);
  const describe = ({ owner }: OrganizationOption) => (owner ? t("invite.organizationOwner", { owner }) : undefined);
  return (
    <Typeahead
      field={field}
      label={t("invite.organization")}
      text={findOrganization(value, choices.known)?.name ?? value}
      options={organizations.map((one) => ({ value: one.alias, text: one.name, description: describe(one) }))}
      isLoading={isLoading}
      placeholder={t("invite.organizationSearch")}
      onSearch={setSearch}
      onChoose={onChange}
      problem={problem}
      onShowMore={more}
    />
  );
}

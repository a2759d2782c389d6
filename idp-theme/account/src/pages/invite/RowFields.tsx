import { Button, FormSelect, FormSelectOption, Grid, GridItem, TextInput } from "@patternfly/react-core";
import { TimesIcon } from "@patternfly/react-icons";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { refusalText } from "../../api/wording";
import { Field, type FieldProps } from "../../parts/Field";
import { groupName } from "../../parts/memberships";
import { languageName } from "./languageName";
import { LimitedText } from "./LimitedText";
import { OrganizationSelect } from "./OrganizationSelect";
import { groupsOf, onlyOrganization, roomNames, roomsIn, type Row, type RowField, withOnlyChoices } from "./rows";
import type { Choices } from "./useInviteOptions";
import { rowFieldOf, type Verdict } from "./verdicts";

type Props = {
  row: Row;
  number: number;
  verdict?: Verdict;
  choices: Choices;
  onChange: (row: Row) => void;
  onRemove?: () => void;
};

/** The inputs of one person. What is a choice of one, or none, isn't asked for. */
export function RowFields({ row, number, verdict, choices, onChange, onRemove }: Props) {
  const { t } = useTranslation();
  const error = (field: RowField) =>
    verdict && !verdict.isGood && rowFieldOf(verdict, row) === field ? refusalText(t, verdict) : undefined;
  const parts = { row, choices, onChange, error };
  return (
    <fieldset className="companion-row">
      <legend className="pf-v5-screen-reader">{t("invite.person", { number })}</legend>
      <Grid hasGutter>
        <GridItem md={5}>
          <Field id={inputId(row, "contact")} label={t("invite.contact")} isRequired error={error("contact")}>
            {(field) => (
              <TextInput
                {...field}
                type="email"
                autoComplete="off"
                value={row.contact}
                onChange={(_, contact) => onChange({ ...row, contact })}
              />
            )}
          </Field>
        </GridItem>
        <OrganizationField {...parts} />
        <GroupField {...parts} />
        <LanguageField {...parts} />
        <RoomsField {...parts} />
        <MessageField {...parts} />
        {onRemove && (
          <GridItem className="companion-row-remove">
            <Button variant="link" isInline icon={<TimesIcon />} onClick={onRemove} aria-label={t("invite.removePerson", { number })}>
              {t("invite.remove")}
            </Button>
          </GridItem>
        )}
      </Grid>
    </fieldset>
  );
}

export function inputId(row: Row, field: RowField): string {
  return `invite-${row.id}-${field}`;
}

type PartProps = Pick<Props, "row" | "choices" | "onChange"> & { error: (field: RowField) => string | undefined };

function OrganizationField({ row, choices, onChange, error }: PartProps) {
  const { t } = useTranslation();
  const { options, known } = choices;
  const only = onlyOrganization(options);
  const isAsked = options.organizations.length > 0 || row.organization !== "";
  if (!isAsked) {
    return null;
  }
  return (
    <GridItem md={4}>
      <Field id={inputId(row, "organization")} label={t("invite.organization")} error={error("organization")}>
        {(field) =>
          only?.alias === row.organization ? (
            <Given {...field} text={only.name} />
          ) : (
            <OrganizationSelect
              field={field}
              value={row.organization}
              choices={choices}
              onChange={(organization) => onChange(withOnlyChoices({ ...row, organization, group: "" }, options, known))}
            />
          )
        }
      </Field>
    </GridItem>
  );
}

function GroupField({ row, choices, onChange, error }: PartProps) {
  const { t } = useTranslation();
  const groups = groupsOf(row, choices.options, choices.known);
  if (groups?.length === 0 && row.group === "") {
    return null;
  }
  return (
    <GridItem md={3}>
      <Field id={inputId(row, "group")} label={t("invite.group")} error={error("group")}>
        {(field) => <GroupInput field={field} value={row.group} groups={groups} onChange={(group) => onChange({ ...row, group })} />}
      </Field>
    </GridItem>
  );
}

type GroupProps = { field: FieldProps; value: string; groups: string[] | undefined; onChange: (group: string) => void };

function GroupInput({ field, value, groups, onChange }: GroupProps) {
  const { t } = useTranslation();
  if (groups === undefined) {
    return <TextInput {...field} value={value} onChange={(_, group) => onChange(group)} />;
  }
  if (groups.length === 1 && groups[0] === value) {
    return <Given {...field} text={groupName(value)} />;
  }
  const listed = groups.includes(value) || value === "" ? groups : [value, ...groups];
  return (
    <FormSelect {...field} value={value} onChange={(_, group) => onChange(group)}>
      <FormSelectOption value="" label={t("invite.chooseGroup")} />
      {listed.map((group) => (
        <FormSelectOption key={group} value={group} label={groupName(group)} />
      ))}
    </FormSelect>
  );
}

/** Only where the row has a language of its own, which pasted rows may have. */
function LanguageField({ row, choices, onChange, error }: PartProps) {
  const { t, i18n } = useTranslation();
  const { languages } = choices.options;
  if (row.language === "") {
    return null;
  }
  return (
    <GridItem md={3}>
      <Field id={inputId(row, "language")} label={t("invite.language")} error={error("language")}>
        {(field) => (
          <FormSelect {...field} value={row.language} onChange={(_, language) => onChange({ ...row, language })}>
            {[...new Set([row.language, ...languages])].map((language) => (
              <FormSelectOption key={language} value={language} label={languageName(language, i18n.language)} />
            ))}
            <FormSelectOption value="" label={t("invite.languageShared")} />
          </FormSelect>
        )}
      </Field>
    </GridItem>
  );
}

/** As text, because a pasted name may be one that nobody offers; only where the row came with rooms of its own. */
function RoomsField({ row, choices, onChange, error }: PartProps) {
  const { t } = useTranslation();
  const offered = choices.options.rooms;
  const [text, setText] = useState(() => roomNames(row.rooms, offered));
  const [isAsked] = useState(text !== "");
  if (!isAsked) {
    return null;
  }
  return (
    <GridItem md={6}>
      <Field id={inputId(row, "rooms")} label={t("invite.rooms")} error={error("rooms")} hint={t("invite.roomsHint")}>
        {(field) => (
          <TextInput
            {...field}
            value={text}
            onChange={(_, text) => {
              setText(text);
              onChange({ ...row, rooms: roomsIn(text, offered) });
            }}
          />
        )}
      </Field>
    </GridItem>
  );
}

/** Only where the row came with a message of its own. */
function MessageField({ row, choices, onChange, error }: PartProps) {
  const { t } = useTranslation();
  const [isAsked] = useState(row.message !== "");
  if (!isAsked) {
    return null;
  }
  return (
    <GridItem md={6}>
      <LimitedText
        id={inputId(row, "message")}
        label={t("invite.message")}
        hint={t("invite.ownHint")}
        value={row.message}
        maxLength={choices.options.messageMaxLength}
        error={error("message")}
        onChange={(message) => onChange({ ...row, message })}
      />
    </GridItem>
  );
}

/** A choice of one: shown, not asked. */
function Given({ text, ...field }: FieldProps & { text: string }) {
  return <TextInput {...field} readOnlyVariant="plain" value={text} />;
}

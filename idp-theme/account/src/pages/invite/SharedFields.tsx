import { Checkbox, FormGroup, FormHelperText, FormSelect, FormSelectOption, HelperText, HelperTextItem } from "@patternfly/react-core";
import { useTranslation } from "react-i18next";
import { refusalText } from "../../api/wording";
import { Field } from "../../parts/Field";
import { languageName } from "./languageName";
import { LimitedText } from "./LimitedText";
import { RoomPicker } from "./RoomPicker";
import type { Shared } from "./rows";
import type { Choices } from "./useInviteOptions";
import type { SharedField, SharedRefusals } from "./verdicts";

type Props = { shared: Shared; refusals: SharedRefusals; choices: Choices; count: number; onChange: (shared: Partial<Shared>) => void };

export function SharedFields({ shared, refusals, choices: { options }, count, onChange }: Props) {
  const { t, i18n } = useTranslation();
  const error = (field: SharedField) => {
    const refusal = refusals[field];
    return refusal && refusalText(t, refusal);
  };
  return (
    <>
      <RoomPicker options={options} chosen={shared.rooms} error={error("rooms")} onChange={(rooms) => onChange({ rooms })} />
      <LimitedText
        id="invite-message"
        label={t("invite.message")}
        hint={t("invite.messageHint")}
        value={shared.message}
        maxLength={options.messageMaxLength}
        error={error("message")}
        onChange={(message) => onChange({ message })}
      />
      {options.languages.length > 1 && (
        <Field id="invite-language" label={t("invite.mailLanguage")} error={error("language")}>
          {(field) => (
            <FormSelect {...field} value={shared.language} onChange={(_, language) => onChange({ language })}>
              {options.languages.map((language) => (
                <FormSelectOption key={language} value={language} label={languageName(language, i18n.language)} />
              ))}
            </FormSelect>
          )}
        </Field>
      )}
      <LimitedText
        id="invite-note"
        label={t("invite.note")}
        hint={t("invite.noteHint")}
        value={shared.note}
        maxLength={options.noteMaxLength}
        error={error("note")}
        onChange={(note) => onChange({ note })}
      />
      <FormGroup>
        <Checkbox
          id="invite-remind"
          label={t("invite.remind", { count })}
          description={t("invite.remindHint")}
          isChecked={shared.remind}
          onChange={(_, remind) => onChange({ remind })}
        />
      </FormGroup>
      <Vouch isGiven={shared.vouched} count={count} error={error("vouched")} onChange={(vouched) => onChange({ vouched })} />
    </>
  );
}

type VouchProps = { isGiven: boolean; count: number; error?: string; onChange: (isGiven: boolean) => void };

function Vouch({ isGiven, count, error, onChange }: VouchProps) {
  const { t } = useTranslation();
  return (
    <FormGroup>
      <Checkbox
        id="invite-vouched"
        label={t("invite.vouch", { count })}
        description={t("invite.vouchHint")}
        isChecked={isGiven}
        isValid={!error}
        aria-invalid={error ? true : undefined}
        aria-describedby={error ? "invite-vouched-error" : undefined}
        onChange={(_, checked) => onChange(checked)}
      />
      {error && (
        <FormHelperText>
          <HelperText>
            <HelperTextItem id="invite-vouched-error" variant="error" hasIcon>
              {error}
            </HelperTextItem>
          </HelperText>
        </FormHelperText>
      )}
    </FormGroup>
  );
}

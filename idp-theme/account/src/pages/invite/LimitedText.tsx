import { TextArea } from "@patternfly/react-core";
import { useTranslation } from "react-i18next";
import { Field } from "../../parts/Field";
import { textLength } from "./textLength";

type Props = {
  id: string;
  label: string;
  hint: string;
  value: string;
  maxLength: number;
  error?: string;
  onChange: (value: string) => void;
};

/** A text with a counter of what is left. */
export function LimitedText({ id, label, hint, value, maxLength, error, onChange }: Props) {
  const { t } = useTranslation();
  const left = maxLength - textLength(value);
  const counter = t("invite.charactersLeft", { count: Math.max(left, 0) });
  const tooLong = left < 0 ? t("problem.message_too_long", { count: -left, argument: -left }) : undefined;
  return (
    <Field id={id} label={label} error={error ?? tooLong} hint={`${hint} ${counter}`}>
      {(field) => (
        <TextArea {...field} resizeOrientation="vertical" autoResize rows={3} value={value} onChange={(_, text) => onChange(text)} />
      )}
    </Field>
  );
}

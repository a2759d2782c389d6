import { FormGroup, FormHelperText, HelperText, HelperTextItem } from "@patternfly/react-core";
import type { ReactNode } from "react";

/** What ties an input to its label, hint and error. */
export type FieldProps = { id: string; validated: "default" | "error"; "aria-describedby"?: string; "aria-invalid"?: true };

type Props = {
  id: string;
  label: ReactNode;
  isRequired?: boolean;
  error?: string;
  hint?: ReactNode;
  children: (props: FieldProps) => ReactNode;
};

export function Field({ id, label, isRequired, error, hint, children }: Props) {
  const note = error ?? hint;
  const noteId = `${id}-note`;
  const described = note ? { "aria-describedby": noteId } : {};
  return (
    <FormGroup label={label} fieldId={id} isRequired={isRequired}>
      {children({ id, validated: error ? "error" : "default", ...described, ...(error ? { "aria-invalid": true } : {}) })}
      {note && (
        <FormHelperText>
          <HelperText>
            <HelperTextItem id={noteId} variant={error ? "error" : "default"} hasIcon={Boolean(error)}>
              {note}
            </HelperTextItem>
          </HelperText>
        </FormHelperText>
      )}
    </FormGroup>
  );
}

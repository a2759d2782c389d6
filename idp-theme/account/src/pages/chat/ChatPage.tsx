import { Page } from "@keycloak/keycloak-account-ui";
import { ActionGroup, Alert, Button, Form, TextInput } from "@patternfly/react-core";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router-dom";
import { refusalText } from "../../api/wording";
import { Field } from "../../parts/Field";
import { Moment } from "../../parts/Moment";
import { useChatConnection } from "./useChatConnection";

export function ChatPage() {
  const { t } = useTranslation();
  const [matrixId, setMatrixId] = useState("");
  const connection = useChatConnection();
  const { step, refusal, isBusy } = connection;
  const error = refusal && refusalText(t, refusal);
  return (
    <Page title={t("chat.title")} description={t("chat.description")}>
      <div className="companion-narrow" aria-live="polite">
        {step.name === "asking" && (
          <OneField
            id="chat-matrix-id"
            label={t("chat.matrixId")}
            hint={t("chat.matrixIdHint")}
            value={matrixId}
            error={error}
            onChange={setMatrixId}
            onSubmit={() => connection.request(matrixId.trim())}
          >
            <Button type="submit" isLoading={isBusy} isDisabled={isBusy}>
              {t("chat.sendCode")}
            </Button>
          </OneField>
        )}
        {step.name === "confirming" && (
          <CodeForm
            {...{ matrixId: matrixId.trim(), error, isBusy }}
            expiresAt={step.expiresAt}
            onConfirm={(code) => connection.confirm(matrixId.trim(), code)}
            onBack={connection.restart}
          />
        )}
        {step.name === "connected" && (
          <Alert
            isInline
            variant="success"
            component="h2"
            title={t("chat.connected", { matrixId: step.matrixId })}
            actionLinks={<Link to="/invite">{t("chat.toInvite")}</Link>}
          />
        )}
      </div>
    </Page>
  );
}

type CodeProps = {
  matrixId: string;
  expiresAt: string;
  error?: string;
  isBusy: boolean;
  onConfirm: (code: string) => void;
  onBack: () => void;
};

function CodeForm({ matrixId, expiresAt, error, isBusy, onConfirm, onBack }: CodeProps) {
  const { t } = useTranslation();
  const [code, setCode] = useState("");
  return (
    <OneField
      id="chat-code"
      label={t("chat.code")}
      hint={
        <>
          {t("chat.codeHint", { matrixId })} {t("chat.codeExpires")} <Moment at={expiresAt} />.
        </>
      }
      value={code}
      error={error}
      autoComplete="one-time-code"
      onChange={setCode}
      onSubmit={() => onConfirm(code.trim())}
    >
      <Button type="submit" isLoading={isBusy} isDisabled={isBusy || code.trim() === ""}>
        {t("chat.confirm")}
      </Button>
      <Button variant="link" onClick={onBack}>
        {t("chat.back")}
      </Button>
    </OneField>
  );
}

type FieldFormProps = {
  id: string;
  label: string;
  hint: ReactNode;
  value: string;
  error?: string;
  autoComplete?: string;
  onChange: (value: string) => void;
  onSubmit: () => void;
  children: ReactNode;
};

/** A form of one input, which has the cursor when it appears and when it was wrong. */
function OneField({ id, label, hint, value, error, autoComplete = "off", onChange, onSubmit, children }: FieldFormProps) {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.focus(), [error]);
  return (
    <Form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      <Field id={id} label={label} isRequired error={error} hint={hint}>
        {(field) => <TextInput {...field} ref={input} autoComplete={autoComplete} value={value} onChange={(_, text) => onChange(text)} />}
      </Field>
      <ActionGroup>{children}</ActionGroup>
    </Form>
  );
}

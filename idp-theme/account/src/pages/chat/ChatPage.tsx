import { Page } from "@keycloak/keycloak-account-ui";
import { ActionGroup, Alert, Button, Form, Spinner, TextInput } from "@patternfly/react-core";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router-dom";
import type { PendingCode } from "../../api/types";
import { refusalText } from "../../api/wording";
import { Field } from "../../parts/Field";
import { Moment } from "../../parts/Moment";
import { ProblemAlert } from "../../parts/ProblemAlert";
import { useChatConnection } from "./useChatConnection";

export function ChatPage() {
  const { t } = useTranslation();
  const connection = useChatConnection();
  const { step, connected, typed, problem, refusal, isBusy } = connection;
  const error = refusal && refusalText(t, refusal);
  const cancel = connected !== null && (
    <Button variant="link" onClick={connection.cancel}>
      {t("cancel")}
    </Button>
  );
  return (
    <Page title={t("chat.title")} description={t("chat.description")}>
      {problem && <ProblemAlert problem={problem} onRetry={connection.reload} />}
      <div className="companion-narrow" aria-live="polite">
        {!step && !problem && <Spinner aria-label={t("companion.loading")} />}
        {step?.name === "asking" && (
          <OneField
            id="chat-matrix-id"
            label={t("chat.matrixId")}
            hint={t("chat.matrixIdHint")}
            value={typed}
            error={error}
            onChange={connection.type}
            onSubmit={() => connection.request(typed.trim())}
          >
            <Button type="submit" isLoading={isBusy} isDisabled={isBusy}>
              {t("chat.sendCode")}
            </Button>
            {cancel}
          </OneField>
        )}
        {step?.name === "sending" && (
          <Sending matrixId={step.matrixId}>
            <Button variant="link" isInline onClick={connection.ask}>
              {t("chat.back")}
            </Button>
          </Sending>
        )}
        {step?.name === "confirming" && (
          <CodeForm
            key={step.pending.expiresAt}
            {...{ error, isBusy }}
            pending={step.pending}
            onConfirm={(code) => connection.confirm(step.pending.matrixId, code)}
            onSendAnother={() => connection.request(step.pending.matrixId)}
          >
            <Button variant="link" onClick={connection.ask}>
              {t("chat.back")}
            </Button>
            {cancel}
          </CodeForm>
        )}
        {step?.name === "connected" && (
          <Connected matrixId={step.matrixId} {...{ error, isBusy }} onUseAnother={connection.ask} onDisconnect={connection.disconnect} />
        )}
      </div>
    </Page>
  );
}

function Sending({ matrixId, children }: { matrixId: string; children: ReactNode }) {
  const { t } = useTranslation();
  const text = useArrival<HTMLParagraphElement>();
  return (
    <>
      <p ref={text} tabIndex={-1} className="companion-wrap pf-v5-u-mb-md">
        <Spinner isInline aria-hidden="true" /> {t("chat.sending", { matrixId })}
      </p>
      {children}
    </>
  );
}

type CodeProps = {
  pending: PendingCode;
  error?: string;
  isBusy: boolean;
  onConfirm: (code: string) => void;
  onSendAnother: () => void;
  children: ReactNode;
};

function CodeForm({ pending: { matrixId, expiresAt }, error, isBusy, onConfirm, onSendAnother, children }: CodeProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState("");
  // Whoever copies a code may bring the spaces around and in it.
  const code = typed.replaceAll(/\s/g, "");
  return (
    <OneField
      id="chat-code"
      label={t("chat.code")}
      hint={
        <>
          {t("chat.codeHint", { matrixId })} {t("chat.codeExpires")} <Moment at={expiresAt} />.
        </>
      }
      value={typed}
      error={error}
      isCode
      onChange={setTyped}
      onSubmit={() => code !== "" && onConfirm(code)}
    >
      <Button type="submit" isLoading={isBusy} isDisabled={isBusy || code === ""}>
        {t("chat.confirm")}
      </Button>
      <Button variant="secondary" isDisabled={isBusy} onClick={onSendAnother}>
        {t("chat.sendAnother")}
      </Button>
      {children}
    </OneField>
  );
}

type ConnectedProps = { matrixId: string; error?: string; isBusy: boolean; onUseAnother: () => void; onDisconnect: () => void };

function Connected({ matrixId, error, isBusy, onUseAnother, onDisconnect }: ConnectedProps) {
  const { t } = useTranslation();
  const frame = useArrival<HTMLDivElement>();
  return (
    <>
      <div ref={frame} tabIndex={-1} className="pf-v5-u-mb-md">
        <Alert
          isInline
          variant="success"
          component="h2"
          className="companion-wrap"
          title={t("chat.connected", { matrixId })}
          actionLinks={<Link to="/invite">{t("chat.toInvite")}</Link>}
        />
      </div>
      {error && <Alert isInline variant="danger" component="p" className="pf-v5-u-mb-md" title={error} />}
      <Button variant="secondary" isDisabled={isBusy} onClick={onUseAnother}>
        {t("chat.useAnother")}
      </Button>{" "}
      <Button variant="link" isDanger isDisabled={isBusy} isLoading={isBusy} onClick={onDisconnect}>
        {t("chat.disconnect")}
      </Button>
    </>
  );
}

/** What takes the place of a form has the cursor, so that the keyboard goes on from there. */
function useArrival<T extends HTMLElement>() {
  const arrived = useRef<T>(null);
  useEffect(() => {
    arrived.current?.focus();
  }, []);
  return arrived;
}

type FieldFormProps = {
  id: string;
  label: string;
  hint: ReactNode;
  value: string;
  error?: string;
  isCode?: boolean;
  onChange: (value: string) => void;
  onSubmit: () => void;
  children: ReactNode;
};

/** A form of one input, which has the cursor when it appears and when it was wrong. */
function OneField({ id, label, hint, value, error, isCode, onChange, onSubmit, children }: FieldFormProps) {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    input.current?.focus();
  }, [error]);
  const typing = isCode ? ({ autoComplete: "one-time-code", inputMode: "numeric" } as const) : { autoComplete: "off" };
  return (
    <Form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      <Field id={id} label={label} isRequired error={error} hint={hint}>
        {(field) => <TextInput {...field} ref={input} {...typing} value={value} onChange={(_, text) => onChange(text)} />}
      </Field>
      <ActionGroup>{children}</ActionGroup>
    </Form>
  );
}

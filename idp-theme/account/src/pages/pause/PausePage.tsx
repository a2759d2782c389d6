import { Page, useAccountAlerts } from "@keycloak/keycloak-account-ui";
import { Alert, AlertVariant, Button, Flex, Form, Spinner, TextArea } from "@patternfly/react-core";
import { useCallback, useState } from "react";
import { useTranslation } from "react-i18next";
import { useApi } from "../../api/ApiContext";
import { toProblem } from "../../api/Problem";
import type { PauseAnswer } from "../../api/types";
import { refusalText } from "../../api/wording";
import { ConfirmDialog } from "../../parts/ConfirmDialog";
import { useDrafts, useDraftText } from "../../parts/drafts";
import { Field } from "../../parts/Field";
import { Moment } from "../../parts/Moment";
import { personName } from "../../parts/personName";
import { ProblemAlert } from "../../parts/ProblemAlert";
import { useLoaded } from "../../parts/useLoaded";
import { useStanding } from "../../shell/Standing";

const draft = "pause";
const betweenLooks = 30_000;

/** Stops all inviting, with a text for those who come to invite. */
export function PausePage() {
  const { t } = useTranslation();
  const api = useApi();
  const { value, problem, reload } = useLoaded(
    useCallback((signal: AbortSignal) => api.pause(signal), [api]),
    betweenLooks,
  );
  return (
    <Page title={t("pause.title")} description={t("pause.description")}>
      {problem && <ProblemAlert problem={problem} onRetry={reload} />}
      {!value && !problem && <Spinner aria-label={t("companion.loading")} />}
      {value && <State pause={value} />}
      {value && <PauseForm key={`${value.paused}/${value.since}`} pause={value} onChanged={reload} />}
    </Page>
  );
}

function State({ pause }: { pause: PauseAnswer }) {
  const { t } = useTranslation();
  if (!pause.paused) {
    return <Alert isInline variant="success" component="p" title={t("pause.off")} />;
  }
  return (
    <Alert isInline variant="warning" component="p" title={pause.by ? t("pause.onBy", { who: personName(t, pause.by) }) : t("pause.on")}>
      {pause.since && <Moment at={pause.since} />}
    </Alert>
  );
}

function PauseForm({ pause, onChanged }: { pause: PauseAnswer; onChanged: () => void }) {
  const { t } = useTranslation();
  const api = useApi();
  const { learn } = useStanding();
  const { addAlert } = useAccountAlerts();
  const { forget } = useDrafts();
  const [text, setText] = useDraftText(draft, pause.text ?? "");
  const [isAsking, setAsking] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const set = async (paused: boolean) => {
    setAsking(false);
    setBusy(true);
    try {
      await api.setPause({ paused, text: paused ? text.trim() : null });
      forget(draft);
      addAlert(t(paused ? "pause.done.on" : "pause.done.off"));
      learn();
      onChanged();
    } catch (error) {
      addAlert(refusalText(t, toProblem(error)), AlertVariant.danger);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Form className="companion-narrow pf-v5-u-mt-md" onSubmit={(event) => event.preventDefault()}>
      <Field id="pause-text" label={t("pause.text")} hint={t("pause.textHint")}>
        {(field) => <TextArea {...field} value={text} onChange={(_, text) => setText(text)} resizeOrientation="vertical" rows={3} />}
      </Field>
      <Flex>
        {pause.paused ? (
          <>
            <Button variant="primary" isDisabled={isBusy} onClick={() => void set(false)}>
              {t("pause.resume")}
            </Button>
            <Button variant="secondary" isDisabled={isBusy || text.trim() === (pause.text ?? "")} onClick={() => void set(true)}>
              {t("pause.changeText")}
            </Button>
          </>
        ) : (
          <Button variant="danger" isDisabled={isBusy} onClick={() => setAsking(true)}>
            {t("pause.pause")}
          </Button>
        )}
      </Flex>
      {isAsking && (
        <ConfirmDialog
          title={t("pause.ask.title")}
          confirm={t("pause.pause")}
          cancel={t("companion.cancel")}
          onConfirm={() => void set(true)}
          onClose={() => setAsking(false)}
        >
          {t("pause.ask.body")}
        </ConfirmDialog>
      )}
    </Form>
  );
}

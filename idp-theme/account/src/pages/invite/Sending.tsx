import { Button, Progress, Stack, StackItem } from "@patternfly/react-core";
import { useTranslation } from "react-i18next";
import { ProblemAlert } from "../../parts/ProblemAlert";
import { answeredRows } from "./batch";
import type { Sending as State } from "./useSending";

type Props = { sending: State; onGoOn: () => void };

export function Sending({ sending: { batch, problem }, onGoOn }: Props) {
  const { t } = useTranslation();
  const done = answeredRows(batch);
  const count = batch.rows.length;
  return (
    <Stack hasGutter className="companion-narrow">
      <StackItem>
        <Progress
          title={t("invite.sending.title", { count })}
          value={done}
          max={count}
          label={t("invite.sending.progress", { done, count })}
          valueText={t("invite.sending.progress", { done, count })}
          variant={problem ? "warning" : undefined}
        />
      </StackItem>
      <StackItem>
        <p aria-live="polite">{t("invite.sending.progress", { done, count })}</p>
        <p>{t("invite.sending.closing")}</p>
      </StackItem>
      {problem && (
        <StackItem>
          <ProblemAlert problem={problem} />
          <Button className="pf-v5-u-mt-md" onClick={onGoOn}>
            {t("invite.unfinished.goOn")}
          </Button>
        </StackItem>
      )}
    </Stack>
  );
}

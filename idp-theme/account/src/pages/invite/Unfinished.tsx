import { Alert, AlertActionLink } from "@patternfly/react-core";
import { useTranslation } from "react-i18next";
import { Moment } from "../../parts/Moment";
import { answeredRows, type Batch } from "./batch";

type Props = { batch: Batch; onGoOn: () => void; onDiscard: () => void };

/** What a closed page left behind. */
export function Unfinished({ batch, onGoOn, onDiscard }: Props) {
  const { t } = useTranslation();
  const count = batch.rows.length;
  return (
    <Alert
      isInline
      variant="info"
      component="h2"
      title={t("invite.unfinished.title", { done: answeredRows(batch), count })}
      actionLinks={
        <>
          <AlertActionLink onClick={onGoOn}>{t("invite.unfinished.goOn")}</AlertActionLink>
          <AlertActionLink onClick={onDiscard}>{t("invite.unfinished.discard")}</AlertActionLink>
        </>
      }
    >
      <Moment at={batch.startedAt} />. {t("invite.unfinished.body")}
    </Alert>
  );
}

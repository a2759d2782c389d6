import { useAccountAlerts } from "@keycloak/keycloak-account-ui";
import { AlertVariant, Button } from "@patternfly/react-core";
import { DownloadIcon } from "@patternfly/react-icons";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { TimelineFormat } from "../../api/moderation";
import { useApi } from "../../api/ApiContext";
import { toProblem } from "../../api/Problem";
import { refusalText } from "../../api/wording";
import { saveFile } from "../../parts/saveFile";
import { queryOf, type TimelineFilter } from "./filter";

const formats: TimelineFormat[] = ["csv", "ndjson"];

/** What is filtered, as a file. It is fetched first, because a link would carry no token. */
export function Export({ filter }: { filter: TimelineFilter }) {
  const { t } = useTranslation();
  const api = useApi();
  const { addAlert } = useAccountAlerts();
  const [busy, setBusy] = useState<TimelineFormat>();
  const save = async (format: TimelineFormat) => {
    setBusy(format);
    try {
      saveFile(await api.timelineFile(queryOf(filter), format), `timeline.${format}`);
    } catch (error) {
      addAlert(refusalText(t, toProblem(error)), AlertVariant.danger);
    } finally {
      setBusy(undefined);
    }
  };
  return formats.map((format) => (
    <Button
      key={format}
      variant="link"
      isInline
      icon={<DownloadIcon />}
      isDisabled={busy !== undefined}
      isLoading={busy === format}
      onClick={() => void save(format)}
    >
      {t(`timeline.export.${format}`)}
    </Button>
  ));
}

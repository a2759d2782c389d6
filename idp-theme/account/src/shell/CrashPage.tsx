import { Button, EmptyState, EmptyStateBody, EmptyStateFooter, EmptyStateHeader } from "@patternfly/react-core";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useRouteError } from "react-router-dom";

/** A page failed by a mistake of ours. */
export function CrashPage() {
  const { t } = useTranslation();
  const error = useRouteError();
  useEffect(() => console.error(error), [error]);
  return (
    <EmptyState>
      <EmptyStateHeader titleText={t("companion.crash.title")} headingLevel="h1" />
      <EmptyStateBody>{t("companion.crash.body")}</EmptyStateBody>
      <EmptyStateFooter>
        <Button onClick={() => location.reload()}>{t("companion.crash.reload")}</Button>
      </EmptyStateFooter>
    </EmptyState>
  );
}

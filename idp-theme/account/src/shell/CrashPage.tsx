import { Button, EmptyState, EmptyStateBody, EmptyStateFooter, EmptyStateHeader } from "@patternfly/react-core";
import { useTranslation } from "react-i18next";

/** A page failed by a mistake of ours, or there is no such page. */
export function CrashPage() {
  const { t } = useTranslation();
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

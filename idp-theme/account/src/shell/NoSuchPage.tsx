import { Button, EmptyState, EmptyStateBody, EmptyStateFooter, EmptyStateHeader } from "@patternfly/react-core";
import { useTranslation } from "react-i18next";
import { Link } from "react-router-dom";

export function NoSuchPage() {
  const { t } = useTranslation();
  return (
    <EmptyState>
      <EmptyStateHeader titleText={t("companion.nowhere.title")} headingLevel="h1" />
      <EmptyStateBody>{t("companion.nowhere.body")}</EmptyStateBody>
      <EmptyStateFooter>
        <Button variant="link" component={(props) => <Link {...props} to="/" />}>
          {t("companion.nowhere.home")}
        </Button>
      </EmptyStateFooter>
    </EmptyState>
  );
}

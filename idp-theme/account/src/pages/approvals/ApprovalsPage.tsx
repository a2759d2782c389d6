import { Page } from "@keycloak/keycloak-account-ui";
import { Tab, Tabs, TabTitleText } from "@patternfly/react-core";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router-dom";
import { Desk } from "./Desk";

/** What waits for moderators, and what they decided. The case that is looked at is in the address. */
export function ApprovalsPage() {
  const { t } = useTranslation();
  const [parameters, setParameters] = useSearchParams();
  const tab = parameters.get("show") === "decided" ? "decided" : "waiting";
  return (
    <Page title={t("approvals.title")} description={t("approvals.description")}>
      <Tabs
        activeKey={tab}
        onSelect={(_, key) => setParameters(key === "decided" ? { show: "decided" } : {})}
        aria-label={t("approvals.title")}
        mountOnEnter
        unmountOnExit
      >
        {["waiting", "decided"].map((key) => (
          <Tab key={key} eventKey={key} title={<TabTitleText>{t(`approvals.tab.${key}`)}</TabTitleText>}>
            <Desk decided={key === "decided"} />
          </Tab>
        ))}
      </Tabs>
    </Page>
  );
}

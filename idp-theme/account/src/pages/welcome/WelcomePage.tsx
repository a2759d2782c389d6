import { Page } from "@keycloak/keycloak-account-ui";
import { Alert, EmptyState, EmptyStateHeader, Grid, GridItem, Spinner, Stack, StackItem } from "@patternfly/react-core";
import { useTranslation } from "react-i18next";
import type { Welcome } from "../../api/types";
import { ProblemAlert } from "../../parts/ProblemAlert";
import { Arrival } from "./Arrival";
import { ChatCard } from "./ChatCard";
import { FirstSteps } from "./FirstSteps";
import { PictureCard } from "./PictureCard";
import { useWelcome } from "./useWelcome";

export function WelcomePage() {
  const { t } = useTranslation();
  const { welcome, problem, reload } = useWelcome();
  const isStranger = problem?.code === "not_found";
  return (
    <Page
      title={welcome ? t("welcome.to", { community: welcome.communityName }) : t("welcome.title")}
      description={welcome?.inviterName ? t("welcome.inviter", { inviter: welcome.inviterName }) : t("welcome.description")}
    >
      <Stack hasGutter>
        {isStranger && (
          <EmptyState>
            <EmptyStateHeader titleText={t("welcome.none")} headingLevel="h2" />
          </EmptyState>
        )}
        {problem && !isStranger && <ProblemAlert problem={problem} onRetry={reload} />}
        {!welcome && !problem && <Spinner aria-label={t("companion.loading")} />}
        {welcome && <Content welcome={welcome} />}
      </Stack>
    </Page>
  );
}

function Content({ welcome }: { welcome: Welcome }) {
  const { t } = useTranslation();
  const isIn = welcome.status === "running" || welcome.status === "completed";
  return (
    <>
      <StackItem aria-live="polite">
        {!isIn && (
          <Alert
            isInline
            variant={welcome.status === "awaiting_approval" ? "info" : "warning"}
            component="p"
            title={t(`welcome.status.${welcome.status}`)}
          />
        )}
      </StackItem>
      <Grid hasGutter>
        <GridItem lg={7}>
          <Stack hasGutter>
            <Arrival welcome={welcome} />
            <FirstSteps steps={welcome.steps} />
          </Stack>
        </GridItem>
        <GridItem lg={5}>
          <Stack hasGutter>
            <ChatCard welcome={welcome} />
            <PictureCard />
          </Stack>
        </GridItem>
      </Grid>
    </>
  );
}

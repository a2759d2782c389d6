import { Page } from "@keycloak/keycloak-account-ui";
import {
  Card,
  CardBody,
  CardTitle,
  DescriptionList,
  DescriptionListDescription,
  DescriptionListGroup,
  DescriptionListTerm,
  Spinner,
  Stack,
} from "@patternfly/react-core";
import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { useApi } from "../../api/ApiContext";
import type { FunnelAnswer } from "../../api/types";
import { durationText } from "../../parts/duration";
import { ProblemAlert } from "../../parts/ProblemAlert";
import { useLoaded } from "../../parts/useLoaded";
import { WeekPlot } from "./WeekPlot";
import { WeekTable } from "./WeekTable";

const weeks = 12;

/** How invitations become members, week by week, and how much of the moderators' time it takes. */
export function FunnelPage() {
  const { t } = useTranslation();
  const api = useApi();
  const { value, problem, reload } = useLoaded(useCallback((signal: AbortSignal) => api.funnel(weeks, signal), [api]));
  return (
    <Page title={t("funnel.title")} description={t("funnel.description")}>
      {problem && <ProblemAlert problem={problem} onRetry={reload} />}
      {!value && !problem && <Spinner aria-label={t("companion.loading")} />}
      {value && (
        <Stack hasGutter>
          <Numbers funnel={value} />
          <Card>
            <CardTitle component="h2">{t("funnel.byWeek")}</CardTitle>
            <CardBody>
              <WeekPlot weeks={value.weeks} />
              <WeekTable weeks={value.weeks} />
            </CardBody>
          </Card>
          <Steps steps={value.steps} />
        </Stack>
      )}
    </Page>
  );
}

function Numbers({ funnel }: { funnel: FunnelAnswer }) {
  const { t, i18n } = useTranslation();
  const minutes = (value: number | null) => (value === null ? "–" : durationText(value * 60, i18n.language));
  const share = new Intl.NumberFormat(i18n.language, { style: "percent", maximumFractionDigits: 0 });
  const facts: [string, string][] = [
    [t("funnel.withoutHuman"), funnel.withoutHuman === null ? "–" : share.format(funnel.withoutHuman)],
    [t("funnel.perNewcomer"), minutes(funnel.moderatorMinutesPerNewcomer)],
    [t("funnel.saved"), minutes(funnel.moderatorMinutesSaved)],
  ];
  return <Facts facts={facts} title={t("funnel.moderators")} />;
}

function Steps({ steps }: { steps: FunnelAnswer["steps"] }) {
  const { t, i18n } = useTranslation();
  const facts = steps.map(({ step, medianSeconds }): [string, string] => [
    t(`funnel.step.${step}`),
    medianSeconds === null ? "–" : durationText(medianSeconds, i18n.language),
  ]);
  return <Facts facts={facts} title={t("funnel.medians")} />;
}

function Facts({ title, facts }: { title: string; facts: [string, string][] }) {
  return (
    <Card>
      <CardTitle component="h2">{title}</CardTitle>
      <CardBody>
        <DescriptionList columnModifier={{ default: "1Col", md: "2Col", lg: "3Col" }}>
          {facts.map(([term, value]) => (
            <DescriptionListGroup key={term}>
              <DescriptionListTerm>{term}</DescriptionListTerm>
              <DescriptionListDescription className="companion-number">{value}</DescriptionListDescription>
            </DescriptionListGroup>
          ))}
        </DescriptionList>
      </CardBody>
    </Card>
  );
}

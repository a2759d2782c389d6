import { Page } from "@keycloak/keycloak-account-ui";
import { Button, EmptyState, EmptyStateHeader, Spinner } from "@patternfly/react-core";
import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router-dom";
import { useApi } from "../../api/ApiContext";
import { ProblemAlert } from "../../parts/ProblemAlert";
import { usePages } from "../../parts/usePages";
import { EntryTable } from "./EntryTable";
import { Export } from "./Export";
import { filterOf, parametersOf, queryOf, type TimelineFilter } from "./filter";
import { TimelineFilterBar } from "./TimelineFilterBar";

const pageSize = 50;

// Whoever reads back in time doesn't want lines to move.
const pauseFor = () => null;

/** What happened, newest first; the filter is in the address. */
export function TimelinePage() {
  const { t } = useTranslation();
  const [parameters, setParameters] = useSearchParams();
  const filter = filterOf(parameters);
  const change = (changed: TimelineFilter) => setParameters(parametersOf({ ...filter, ...changed }));
  return (
    <Page title={t("timeline.title")} description={t("timeline.description")}>
      <TimelineFilterBar filter={filter} onChange={change}>
        <Export filter={filter} />
      </TimelineFilterBar>
      <Entries key={parameters.toString()} filter={filter} onFilter={change} />
    </Page>
  );
}

type EntriesProps = { filter: TimelineFilter; onFilter: (filter: TimelineFilter) => void };

function Entries({ filter, onFilter }: EntriesProps) {
  const { t } = useTranslation();
  const { pages, hasMore, problem, reload, showMore } = useTimeline(filter);
  const entries = pages?.flatMap((page) => page.entries);
  return (
    <>
      {problem && <ProblemAlert problem={problem} onRetry={reload} />}
      {!entries && !problem && <Spinner aria-label={t("companion.loading")} />}
      {entries?.length === 0 && (
        <EmptyState>
          <EmptyStateHeader titleText={t("timeline.nothing")} headingLevel="h2" />
        </EmptyState>
      )}
      {entries && entries.length > 0 && <EntryTable entries={entries} onFilter={onFilter} />}
      {hasMore && (
        <Button variant="link" onClick={showMore}>
          {t("companion.showMore")}
        </Button>
      )}
    </>
  );
}

function useTimeline(filter: TimelineFilter) {
  const api = useApi();
  const asked = parametersOf(filter).toString();
  const read = useCallback(
    async (cursor: string | undefined, _: unknown, signal: AbortSignal) => ({
      value: await api.timeline({ ...queryOf(filterOf(new URLSearchParams(asked))), cursor, limit: pageSize }, signal),
      etag: null,
    }),
    [api, asked],
  );
  return usePages(read, pauseFor);
}

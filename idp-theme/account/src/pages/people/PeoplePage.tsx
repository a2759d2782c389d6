import { Page } from "@keycloak/keycloak-account-ui";
import { Alert, Breadcrumb, BreadcrumbItem, Button, EmptyState, EmptyStateHeader, Grid, GridItem, Spinner } from "@patternfly/react-core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "react-router-dom";
import type { PeopleAnswer, TreePerson } from "../../api/types";
import { personName } from "../../parts/personName";
import { ProblemAlert } from "../../parts/ProblemAlert";
import { useDebounced } from "../../parts/useDebounced";
import { useIsNarrow } from "../../parts/useIsNarrow";
import { Branch } from "./Branch";
import { PeopleTable } from "./PeopleTable";
import { PeopleToolbar, type View } from "./PeopleToolbar";
import { Tree } from "./Tree";
import { usePeople } from "./usePeople";

/** Who invited whom. The branch and the way of showing it are in the address. */
export function PeoplePage() {
  const { t } = useTranslation();
  const [parameters, setParameters] = useSearchParams();
  const root = parameters.get("root") ?? undefined;
  const view: View = parameters.get("view") === "table" ? "table" : "picture";
  const [typed, setTyped] = useState("");
  const search = useDebounced(typed.trim());
  const { value, problem, reload, open: expand, showMore } = usePeople(root, search);
  const open = (root: string | undefined, view: View) =>
    setParameters({ ...(root ? { root } : {}), ...(view === "table" ? { view } : {}) });
  return (
    <Page title={t("people.title")} description={t("people.description")}>
      <PeopleToolbar search={typed} onSearch={setTyped} view={view} onView={(view) => open(root, view)} />
      {root && value && <Way path={value.path} view={view} />}
      {problem && <ProblemAlert problem={problem} onRetry={reload} />}
      {!value && !problem && <Spinner aria-label={t("companion.loading")} />}
      {value?.truncated && (
        <Alert isInline isPlain variant="info" component="p" title={t("people.truncated", { count: value.people.length })} />
      )}
      {value?.people.length === 0 && (
        <EmptyState>
          <EmptyStateHeader titleText={t(search ? "companion.nothingFound" : "people.nobody")} headingLevel="h2" />
        </EmptyState>
      )}
      {value && value.people.length > 0 && (
        <Shown {...{ people: value.people, view, root }} onOpen={open} onExpand={expand} onChanged={reload} />
      )}
      {value && value.next.length > 0 && (
        <Button variant="secondary" onClick={showMore}>
          {t("companion.showMore")}
        </Button>
      )}
    </Page>
  );
}

type ShownProps = {
  people: TreePerson[];
  view: View;
  root: string | undefined;
  onOpen: (root: string, view: View) => void;
  onExpand: (account: string) => void;
  onChanged: () => void;
};

function Shown({ people, view, root, onOpen, onExpand, onChanged }: ShownProps) {
  const isNarrow = useIsNarrow();
  const [chosen, setChosen] = useState(root);
  const person = people.find(({ account }) => account === chosen);
  const choose = (account: string) => {
    setChosen(account);
    onExpand(account);
  };
  const show = { people, chosen: person?.account, onChoose: choose };
  const isTable = isNarrow || view === "table";
  // A table needs the whole width; the picture can be moved about in less.
  const beside = person && !isTable ? 4 : 12;
  return (
    <Grid hasGutter>
      {person && (
        <GridItem lg={beside} order={{ lg: isTable ? "0" : "2" }}>
          <Branch key={person.account} person={person} isOpened={root === person.account} {...{ view, onOpen, onChanged }} />
        </GridItem>
      )}
      <GridItem lg={person && !isTable ? 8 : 12}>{isTable ? <PeopleTable {...show} /> : <Tree {...show} onExpand={onExpand} />}</GridItem>
    </Grid>
  );
}

/** From the community down to the branch that is shown. */
function Way({ path, view }: { path: PeopleAnswer["path"]; view: View }) {
  const { t } = useTranslation();
  const suffix = view === "table" ? "&view=table" : "";
  return (
    <Breadcrumb aria-label={t("people.way")}>
      <BreadcrumbItem
        render={({ className }) => (
          <Link className={className} to={`?${suffix}`}>
            {t("people.everybody")}
          </Link>
        )}
      />
      {path.map((person, index) => (
        <BreadcrumbItem
          key={person.account}
          isActive={index === path.length - 1}
          render={({ className, ariaCurrent }) => (
            <Link className={className} aria-current={ariaCurrent} to={`?root=${encodeURIComponent(person.account)}${suffix}`}>
              {personName(t, person)}
            </Link>
          )}
        />
      ))}
    </Breadcrumb>
  );
}

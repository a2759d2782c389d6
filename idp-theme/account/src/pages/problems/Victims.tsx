import { Button, Flex, FlexItem, List, ListItem } from "@patternfly/react-core";
import { useTranslation } from "react-i18next";
import { Link } from "react-router-dom";
import type { AffectedOnboarding, ProblemCause } from "../../api/types";
import { refusalText } from "../../api/wording";
import { Moment } from "../../parts/Moment";
import { usePersonName } from "../../parts/PersonNames";
import type { Results } from "./useSolving";

type Solving = {
  isBusy: boolean;
  results: Results;
  solve: (ids: string[], action: "retry" | "skip") => Promise<void>;
};

/** Whom one cause holds up, each with what can be done for them alone. */
export function Victims({ cause, ...solving }: { cause: ProblemCause } & Solving) {
  return (
    <List isPlain>
      {cause.affected.map((affected) => (
        <ListItem key={affected.id}>
          <Victim affected={affected} {...solving} />
        </ListItem>
      ))}
    </List>
  );
}

function Victim({ affected, isBusy, results, solve }: { affected: AffectedOnboarding } & Solving) {
  const { t } = useTranslation();
  const { id, subject, room, accountId, inviteId, since } = affected;
  const who = usePersonName(accountId);
  const result = results[id];
  const button = (action: "retry" | "skip", label: string) => (
    <Button variant="link" isInline isDisabled={isBusy} aria-label={label} onClick={() => void solve([id], action)}>
      {t(`problems.${action}`)}
    </Button>
  );
  return (
    <Flex columnGap={{ default: "columnGapMd" }} rowGap={{ default: "rowGapNone" }}>
      <Link to={`/moderation/timeline?invite=${inviteId}`}>{who}</Link>
      <FlexItem>{t([`problems.subject.${subject}`, "problems.subject.other"], { room: room?.name ?? room?.id ?? "" })}</FlexItem>
      <Moment at={since} />
      {button("retry", t("problems.retryFor", { who }))}
      {room && button("skip", t("problems.skipFor", { who }))}
      {result && <span className="companion-members">{result === "done" ? t("problems.done") : refusalText(t, result)}</span>}
    </Flex>
  );
}

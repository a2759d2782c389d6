import { Button, Flex, FlexItem, List, ListItem } from "@patternfly/react-core";
import { useTranslation } from "react-i18next";
import { Link } from "react-router-dom";
import type { ProblemCause } from "../../api/types";
import { refusalText } from "../../api/wording";
import { Moment } from "../../parts/Moment";
import type { Results } from "./useSolving";

type Props = {
  cause: ProblemCause;
  nameOf: (account: string) => string;
  isBusy: boolean;
  results: Results;
  solve: (ids: string[], action: "retry" | "skip") => Promise<void>;
};

/** Whom one cause holds up, each with what can be done for them alone. */
export function Victims({ cause, nameOf, isBusy, results, solve }: Props) {
  const { t } = useTranslation();
  return (
    <List isPlain>
      {cause.affected.map(({ id, subject, room, accountId, inviteId, since }) => {
        const result = results[id];
        return (
          <ListItem key={id}>
            <Flex columnGap={{ default: "columnGapMd" }} rowGap={{ default: "rowGapNone" }}>
              <Link to={`/moderation/timeline?invite=${inviteId}`}>{nameOf(accountId)}</Link>
              <FlexItem>{t([`problems.subject.${subject}`, "problems.subject.other"], { room: room?.name ?? room?.id ?? "" })}</FlexItem>
              <Moment at={since} />
              <Button
                variant="link"
                isInline
                isDisabled={isBusy}
                aria-label={t("problems.retryFor", { who: nameOf(accountId) })}
                onClick={() => void solve([id], "retry")}
              >
                {t("problems.retry")}
              </Button>
              {room && (
                <Button
                  variant="link"
                  isInline
                  isDisabled={isBusy}
                  aria-label={t("problems.skipFor", { who: nameOf(accountId) })}
                  onClick={() => void solve([id], "skip")}
                >
                  {t("problems.skip")}
                </Button>
              )}
              {result && <span className="companion-members">{result === "done" ? t("problems.done") : refusalText(t, result)}</span>}
            </Flex>
          </ListItem>
        );
      })}
    </List>
  );
}

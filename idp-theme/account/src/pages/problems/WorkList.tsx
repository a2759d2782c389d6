import { Button, Flex, FlexItem, Label, Title } from "@patternfly/react-core";
import { useTranslation } from "react-i18next";
import type { StuckWork } from "../../api/types";
import { refusalText } from "../../api/wording";
import { Moment } from "../../parts/Moment";
import { useSolving } from "./useSolving";

type Props = { work: StuckWork[]; onChanged: () => void };

/** What isn't done because it was given up, or because something is away: a row for each cause. */
export function WorkList({ work, onChanged }: Props) {
  const { t } = useTranslation();
  const { isBusy, results, solve } = useSolving(onChanged);
  return (
    <ul className="companion-queue" aria-label={t("problems.work.title")}>
      {work.map((cause) => {
        const result = results[cause.id];
        return (
          <li key={cause.id}>
            <Flex className="companion-cause">
              <FlexItem flex={{ default: "flex_1" }}>
                <Title headingLevel="h3" size="md">
                  {t([`problems.code.${cause.code}`, "problems.code.other"], { code: cause.code })}{" "}
                  {cause.isDead && <Label color="red">{t("problems.work.dead")}</Label>}
                </Title>
                <div className="companion-members">
                  <Waiting {...cause} /> · {t("problems.since")} <Moment at={cause.since} />
                </div>
              </FlexItem>
              <Flex aria-live="polite">
                {result && <span className="companion-members">{result === "done" ? t("problems.done") : refusalText(t, result)}</span>}
                <Button variant="secondary" isDisabled={isBusy} onClick={() => void solve([cause.id], "retry")}>
                  {t("problems.retry")}
                </Button>
              </Flex>
            </Flex>
          </li>
        );
      })}
    </ul>
  );
}

function Waiting({ count, kinds }: StuckWork) {
  const { t } = useTranslation();
  const what = new Set(kinds.map((kind) => t([`problems.kind.${kind}`, "problems.kind.other"])));
  return t("problems.work.count", { count, what: [...what].join(", ") });
}

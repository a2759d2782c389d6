import { Button, ExpandableSection, Flex, FlexItem, Title } from "@patternfly/react-core";
import { useTranslation } from "react-i18next";
import type { ProblemCause } from "../../api/types";
import { refusalText } from "../../api/wording";
import { Moment } from "../../parts/Moment";
import { useSolving } from "./useSolving";
import { Victims } from "./Victims";

type Props = { causes: ProblemCause[]; onChanged: () => void };

/** A row for each cause; whom it holds up is folded away. */
export function CauseList({ causes, onChanged }: Props) {
  const { t } = useTranslation();
  return (
    <ul className="companion-queue" aria-label={t("problems.title")}>
      {causes.map((cause) => (
        <Cause key={cause.affected[0]?.id ?? cause.code} {...{ cause, onChanged }} />
      ))}
    </ul>
  );
}

function Cause({ cause, onChanged }: Pick<Props, "onChanged"> & { cause: ProblemCause }) {
  const { t } = useTranslation();
  const { isBusy, results, solve } = useSolving(onChanged);
  const ids = cause.affected.map(({ id }) => id);
  const canSkip = cause.affected.every(({ room }) => room !== null);
  const failed = Object.values(results).find((result) => result !== "done");
  return (
    <li>
      <Flex className="companion-cause">
        <FlexItem flex={{ default: "flex_1" }}>
          <Title headingLevel="h2" size="md">
            {t([`problems.code.${cause.code}`, "problems.code.other"], { code: cause.code })}
          </Title>
          <div className="companion-members">
            {cause.room && `${t("problems.room", { room: cause.room.name ?? cause.room.id })} · `}
            {t("problems.people", { count: cause.affected.length })} · {t("problems.since")} <Moment at={cause.since} />
          </div>
        </FlexItem>
        <Flex aria-live="polite">
          {!isBusy && Object.keys(results).length > 0 && (
            <span className="companion-members">{failed ? refusalText(t, failed) : t("problems.done")}</span>
          )}
          <Button variant="secondary" isDisabled={isBusy} isLoading={isBusy} onClick={() => void solve(ids, "retry")}>
            {t("problems.retry")}
          </Button>
          {canSkip && (
            <Button variant="link" isDisabled={isBusy} onClick={() => void solve(ids, "skip")}>
              {t("problems.skip")}
            </Button>
          )}
        </Flex>
        <FlexItem fullWidth={{ default: "fullWidth" }}>
          <ExpandableSection toggleText={t("problems.details")}>
            <Victims {...{ cause, isBusy, results, solve }} />
          </ExpandableSection>
        </FlexItem>
      </Flex>
    </li>
  );
}

import { List, ListItem, StackItem, Title } from "@patternfly/react-core";
import { CheckCircleIcon, TimesCircleIcon } from "@patternfly/react-icons";
import { useTranslation } from "react-i18next";
import type { Approval } from "../../api/types";
import { Moment } from "../../parts/Moment";
import { personName } from "../../parts/personName";
import { caseTitle } from "./caseTitle";

/** Who voted how, and what was asked and answered. */
export function Conversation({ approval }: { approval: Approval }) {
  const { t } = useTranslation();
  const { votes, questions } = approval;
  return (
    <>
      {votes.length > 0 && (
        <StackItem>
          <Title headingLevel="h3" size="md">
            {t("approvals.votes")}
          </Title>
          <List isPlain>
            {votes.map(({ by, approve, note, at }) => (
              <ListItem key={`${by.account}/${at}`} icon={approve ? <CheckCircleIcon /> : <TimesCircleIcon />}>
                <div>
                  {t(approve ? "approvals.voteFor" : "approvals.voteAgainst", { who: personName(t, by) })}, <Moment at={at} />
                  {note && <div className="companion-said">{note}</div>}
                </div>
              </ListItem>
            ))}
          </List>
        </StackItem>
      )}
      {questions.length > 0 && (
        <StackItem>
          <Title headingLevel="h3" size="md">
            {t("approvals.questions")}
          </Title>
          <List isPlain>
            {questions.map(({ by, text, at }) => (
              <ListItem key={at}>
                <span className="companion-members">
                  {by ? personName(t, by) : caseTitle(t, approval)}, <Moment at={at} />
                </span>
                <div className="companion-said">{text}</div>
              </ListItem>
            ))}
          </List>
        </StackItem>
      )}
    </>
  );
}

import { Card, CardBody, CardTitle, Flex, FlexItem, Stack, Title } from "@patternfly/react-core";
import { useTranslation } from "react-i18next";
import type { ApprovalAction } from "../../api/moderation";
import type { Approval } from "../../api/types";
import { Moment } from "../../parts/Moment";
import { CaseActions } from "./CaseActions";
import { CaseFacts } from "./CaseFacts";
import { caseTitle } from "./caseTitle";
import { Conversation } from "./Conversation";
import { Outcome } from "./Outcome";
import { Reasons } from "./Reasons";

type Props = { approval: Approval; isBusy?: boolean; onAction?: (action: ApprovalAction) => void };

/** Everything that one needs to decide, on one screen. */
export function Case({ approval, isBusy = false, onAction }: Props) {
  const { t } = useTranslation();
  return (
    <Card component="section" isPlain className="companion-case">
      <CardTitle>
        <Flex>
          <Title headingLevel="h2" size="xl" className="companion-wrap">
            {caseTitle(t, approval)}
          </Title>
          <Outcome status={approval.status} />
        </Flex>
        <Flex className="companion-members">
          <FlexItem>{t(`approvals.subject.${approval.subject}`)}</FlexItem>
          <FlexItem>
            {t("approvals.waitsSince")} <Moment at={approval.requestedAt} />
          </FlexItem>
          {approval.dueAt && (
            <FlexItem>
              {t("approvals.due")} <Moment at={approval.dueAt} />
            </FlexItem>
          )}
        </Flex>
      </CardTitle>
      <CardBody>
        <Stack hasGutter>
          {onAction && <CaseActions {...{ approval, isBusy, onAction }} />}
          <Reasons approval={approval} />
          <CaseFacts approval={approval} />
          <Conversation approval={approval} />
        </Stack>
      </CardBody>
    </Card>
  );
}

import { ActionList, ActionListItem, Alert, Button, type ButtonProps } from "@patternfly/react-core";
import { useTranslation } from "react-i18next";
import { refusalOf } from "../../api/Problem";
import { refusalText } from "../../api/wording";
import type { ApprovalAction } from "../../api/moderation";
import type { Approval } from "../../api/types";
import { Moment } from "../../parts/Moment";
import { personName } from "../../parts/personName";
import { useStanding } from "../../shell/Standing";

type Props = { approval: Approval; isBusy: boolean; onAction: (action: ApprovalAction) => void };

const buttons: [ApprovalAction, ButtonProps["variant"]][] = [
  ["approve", "primary"],
  ["deny", "danger"],
  ["ask", "secondary"],
];

/** What this moderator may do with the case, or why there is nothing. */
export function CaseActions({ approval, isBusy, onAction }: Props) {
  const { t } = useTranslation();
  const { me } = useStanding();
  if (approval.obstacle !== null) {
    return <Obstacle approval={approval} code={approval.obstacle} />;
  }
  const isMine = approval.takenBy !== null && approval.takenBy.by.account === me?.id;
  const hold: ApprovalAction = isMine ? "drop" : "take";
  return (
    <ActionList className="companion-actions">
      {[...buttons, [hold, "link"] as const].map(([action, variant]) => (
        <ActionListItem key={action}>
          <Button variant={variant} isDisabled={isBusy} onClick={() => onAction(action)}>
            {t(`approvals.action.${action}`)}
          </Button>
        </ActionListItem>
      ))}
      {isMine && approval.takenBy && (
        <ActionListItem className="companion-members">
          {t("approvals.mine")} <Moment at={approval.takenBy.until} />
        </ActionListItem>
      )}
    </ActionList>
  );
}

function Obstacle({ approval, code }: { approval: Approval; code: string }) {
  const { t } = useTranslation();
  const { takenBy } = approval;
  return (
    <Alert isInline isPlain isLiveRegion variant="info" component="p" title={refusalText(t, refusalOf(code))}>
      {takenBy && (
        <>
          {t("approvals.takenBy", { who: personName(t, takenBy.by) })} <Moment at={takenBy.until} />
        </>
      )}
    </Alert>
  );
}

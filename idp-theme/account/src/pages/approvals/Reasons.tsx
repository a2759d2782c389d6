import { List, ListItem, StackItem, Title } from "@patternfly/react-core";
import { CheckCircleIcon, HourglassHalfIcon } from "@patternfly/react-icons";
import { useTranslation } from "react-i18next";
import type { Approval, Requirement } from "../../api/types";

/** Why people have to look at it, and how far each rule's approvals have come. */
export function Reasons({ approval }: { approval: Approval }) {
  const { t } = useTranslation();
  return (
    <StackItem>
      <Title headingLevel="h3" size="md">
        {t("approvals.why")}
      </Title>
      <List isPlain>
        {approval.requirements.map((requirement) => (
          <ListItem key={requirement.rule} icon={requirement.isMet ? <CheckCircleIcon /> : <HourglassHalfIcon />}>
            <div>
              {requirement.sentence ?? requirement.rule}
              <div className="companion-members">
                <Progress requirement={requirement} />
              </div>
            </div>
          </ListItem>
        ))}
      </List>
    </StackItem>
  );
}

function Progress({ requirement }: { requirement: Requirement }) {
  const { t } = useTranslation();
  const { approvers, approvals, needed, panel, refusals } = requirement;
  return [
    t("approvals.progress", { approvals, count: needed }),
    panel > needed ? t("approvals.panel", { count: panel }) : "",
    refusals > 0 ? t("approvals.refusals", { count: refusals }) : "",
    t("approvals.approvers", { group: approvers }),
  ]
    .filter(Boolean)
    .join(" · ");
}

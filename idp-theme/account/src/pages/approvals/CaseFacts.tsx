import {
  DescriptionList,
  DescriptionListDescription,
  DescriptionListGroup,
  DescriptionListTerm,
  Label,
  StackItem,
} from "@patternfly/react-core";
import { FlagIcon } from "@patternfly/react-icons";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router-dom";
import type { Approval } from "../../api/types";
import { Destination } from "../../parts/Destination";
import { Moment } from "../../parts/Moment";
import { personName } from "../../parts/personName";

/** Who invites whom into what, and what is known about both. */
export function CaseFacts({ approval }: { approval: Approval }) {
  const { t } = useTranslation();
  const { granted, refused } = approval.earlier;
  return (
    <StackItem>
      <DescriptionList isCompact columnModifier={{ default: "1Col", xl: "2Col" }}>
        <Fact label={t("approvals.inviter")}>
          <Inviter inviter={approval.inviter} />
        </Fact>
        <Fact label={t("approvals.note")}>
          {approval.note ? <q className="companion-quotation">{approval.note}</q> : t("approvals.noNote")}
        </Fact>
        <Fact label={t("approvals.contact")}>
          <span className="companion-wrap">{approval.contact ?? t("invitations.forgotten")}</span>
          <div>
            <Link to={`/moderation/timeline?invite=${approval.inviteId}`}>{t("approvals.toTimeline")}</Link>
          </div>
        </Fact>
        <Fact label={t("approvals.into")}>
          <Destination {...approval} />
        </Fact>
        <Fact label={t("approvals.earlier")}>
          {granted + refused > 0 ? t("approvals.earlierCount", { granted, refused }) : t("approvals.earlierNone")}
        </Fact>
        {Object.entries(approval.answers ?? {}).map(([question, answers]) => (
          <Fact key={question} label={question}>
            <span className="companion-said">{answers.join(", ")}</span>
          </Fact>
        ))}
      </DescriptionList>
    </StackItem>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <DescriptionListGroup>
      <DescriptionListTerm>{label}</DescriptionListTerm>
      <DescriptionListDescription>{children}</DescriptionListDescription>
    </DescriptionListGroup>
  );
}

function Inviter({ inviter }: { inviter: Approval["inviter"] }) {
  const { t } = useTranslation();
  const { account, good, bad, openInvites, depth, isFlagged, accountCreatedAt } = inviter;
  return (
    <>
      <Link to={`/moderation/people?root=${encodeURIComponent(account)}`}>{personName(t, inviter)}</Link>{" "}
      {isFlagged && (
        <Label isCompact color="red" icon={<FlagIcon />}>
          {t("approvals.flagged")}
        </Label>
      )}
      <div>{good + bad > 0 ? t("approvals.standing", { good, bad }) : t("approvals.standingNone")}</div>
      <div>{t("approvals.openInvites", { count: openInvites })}</div>
      <div>{depth > 0 ? t("approvals.depth", { count: depth }) : t("approvals.depthNone")}</div>
      {accountCreatedAt && (
        <div>
          {t("approvals.accountSince")} <Moment at={accountCreatedAt} />
        </div>
      )}
    </>
  );
}

import { Checkbox, Label } from "@patternfly/react-core";
import { UserClockIcon } from "@patternfly/react-icons";
import { useTranslation } from "react-i18next";
import type { Approval } from "../../api/types";
import { Moment } from "../../parts/Moment";
import { personName } from "../../parts/personName";
import { caseTitle } from "./caseTitle";
import { Outcome } from "./Outcome";

type Props = {
  approvals: Approval[];
  current: string | undefined;
  marked: ReadonlySet<string>;
  decided: boolean;
  onChoose: (id: string) => void;
  onMark: (marked: ReadonlySet<string>) => void;
};

export function Queue({ approvals, current, marked, decided, onChoose, onMark }: Props) {
  const { t } = useTranslation();
  const mark = (id: string, isMarked: boolean) => {
    const after = new Set(marked);
    if (isMarked) {
      after.add(id);
    } else {
      after.delete(id);
    }
    onMark(after);
  };
  return (
    <ul className="companion-queue" aria-label={t("approvals.queue")}>
      {approvals.map((approval) => (
        <li key={approval.id} className={approval.id === current ? "companion-queue-current" : undefined}>
          {!decided && (
            <Checkbox
              id={`mark-${approval.id}`}
              aria-label={t("approvals.mark", { who: caseTitle(t, approval) })}
              isChecked={marked.has(approval.id)}
              isDisabled={approval.obstacle !== null}
              onChange={(_, isMarked) => mark(approval.id, isMarked)}
            />
          )}
          <button type="button" aria-current={approval.id === current ? "true" : undefined} onClick={() => onChoose(approval.id)}>
            <Entry approval={approval} />
          </button>
        </li>
      ))}
    </ul>
  );
}

function Entry({ approval }: { approval: Approval }) {
  const { t } = useTranslation();
  return (
    <>
      <span className="companion-queue-title">{caseTitle(t, approval)}</span>
      <span className="companion-members">
        {t(`approvals.subject.${approval.subject}`)} · {personName(t, approval.inviter)} ·{" "}
        <Moment at={approval.endedAt ?? approval.requestedAt} />
      </span>
      <span className="companion-chips">
        {approval.status !== "open" && <Outcome status={approval.status} isCompact />}
        {approval.takenBy && (
          <Label isCompact color="gold" icon={<UserClockIcon />}>
            {personName(t, approval.takenBy.by)}
          </Label>
        )}
        {approval.requirements.map(({ rule, sentence }) => (
          <Label key={rule} isCompact color="blue" title={sentence ?? undefined}>
            {rule}
          </Label>
        ))}
      </span>
    </>
  );
}

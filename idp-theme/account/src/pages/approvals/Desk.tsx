import { Button, Spinner } from "@patternfly/react-core";
import { ArrowLeftIcon } from "@patternfly/react-icons";
import { type RefObject, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router-dom";
import type { Approval } from "../../api/types";
import type { ApprovalAction } from "../../api/moderation";
import { ProblemAlert } from "../../parts/ProblemAlert";
import { useIsNarrow } from "../../parts/useIsNarrow";
import { Bulk } from "./Bulk";
import { Case } from "./Case";
import { FoundCase } from "./FoundCase";
import { NothingWaits } from "./NothingWaits";
import { type NoteAction, NoteDialog } from "./NoteDialog";
import { Queue } from "./Queue";
import { Shortcuts } from "./Shortcuts";
import { useApprovals } from "./useApprovals";
import { useDecisions } from "./useDecisions";
import { useShortcuts } from "./useShortcuts";

/** Left the queue, right the case; on a narrow screen one of them. */
export function Desk({ decided }: { decided: boolean }) {
  const { t } = useTranslation();
  const list = useApprovals(decided);
  const { isBusy, decide, approveAll, results, forgetResults } = useDecisions(list.replace);
  const approvals = useMemo(() => list.approvals ?? [], [list.approvals]);
  const { chosen, current, choose, step, leave } = useChoice(approvals, decided);
  const { area, arrive } = useFocusOnCase();
  const [marked, setMarked] = useState<ReadonlySet<string>>(new Set());
  const [dialog, setDialog] = useState<{ action: NoteAction; approval: Approval }>();
  const waiting = approvals.filter(({ id, obstacle }) => marked.has(id) && obstacle === null);

  const act = async (approval: Approval, action: ApprovalAction, note?: string) => {
    if ((await decide(approval, action, note)) && (action === "approve" || action === "deny")) {
      leave(approval, arrive);
    }
  };
  const start = (approval: Approval, action: ApprovalAction) =>
    action === "deny" || action === "ask" ? setDialog({ action, approval }) : void act(approval, action);
  const decidable = current?.obstacle === null && !isBusy ? current : undefined;
  const shortcuts = useShortcuts({
    j: () => step(1),
    k: () => step(-1),
    a: decidable && (() => start(decidable, "approve")),
    d: decidable && (() => start(decidable, "deny")),
  });

  if (!list.approvals) {
    return list.problem ? <ProblemAlert problem={list.problem} onRetry={list.reload} /> : <Spinner aria-label={t("companion.loading")} />;
  }
  return (
    <div ref={area}>
      {list.problem && <ProblemAlert problem={list.problem} onRetry={list.reload} />}
      <Bulk
        {...{ waiting, isBusy, results }}
        onApprove={() => void approveAll(waiting)}
        onClear={() => setMarked(new Set())}
        onClose={forgetResults}
      />
      {approvals.length === 0 && chosen === undefined && <NothingWaits decided={decided} lastDecidedAt={list.lastDecidedAt} />}
      <div className={`companion-desk${chosen === undefined ? "" : " companion-desk--open"}`}>
        <div className="companion-desk-queue">
          {approvals.length > 0 && (
            <Queue {...{ approvals, current: current?.id ?? chosen, marked, decided }} onChoose={choose} onMark={setMarked} />
          )}
          {list.hasMore && (
            <Button variant="link" onClick={list.showMore}>
              {t("companion.showMore")}
            </Button>
          )}
        </div>
        <div className="companion-desk-case">
          <Back onClick={() => choose(undefined)} />
          {current && <Case key={current.id} approval={current} isBusy={isBusy} onAction={(action) => start(current, action)} />}
          {!current && chosen !== undefined && (
            <FoundCase key={chosen} id={chosen} {...{ decided }} onNext={approvals.length > 0 ? () => step(1) : undefined} />
          )}
        </div>
      </div>
      {!decided && approvals.length > 0 && <Shortcuts isOn={shortcuts.isOn} onChange={shortcuts.change} />}
      {dialog && (
        <NoteDialog
          {...dialog}
          onClose={() => setDialog(undefined)}
          onSend={(note) => {
            setDialog(undefined);
            void act(dialog.approval, dialog.action, note);
          }}
        />
      )}
    </div>
  );
}

/** From the case to the queue, where only one of them is shown. */
function Back({ onClick }: { onClick: () => void }) {
  const { t } = useTranslation();
  return (
    <div className="companion-desk-back">
      <Button variant="link" isInline icon={<ArrowLeftIcon />} onClick={onClick}>
        {t("approvals.back")}
      </Button>
    </div>
  );
}

/**
 * The case in the address; where there is room, the first one goes there. Only a choice changes it: nothing that others do puts another
 * case under the moderator's finger. A choice is seen at once, so that no key acts on the case before.
 */
function useChoice(approvals: Approval[], decided: boolean) {
  const [parameters, setParameters] = useSearchParams();
  const isNarrow = useIsNarrow();
  const chosen = parameters.get("case") ?? undefined;
  const current = approvals.find(({ id }) => id === chosen);
  const first = approvals.find(({ status }) => decided || status === "open")?.id;
  const latest = useRef(chosen);
  useLayoutEffect(() => {
    latest.current = chosen;
  }, [chosen]);

  useEffect(() => {
    if (chosen === undefined && first !== undefined && !isNarrow) {
      setParameters((before) => withCase(before, first), { replace: true });
    }
  }, [chosen, first, isNarrow, setParameters]);

  const choose = (id: string | undefined) => setParameters((before) => withCase(before, id), { replace: true, flushSync: true });
  const indexOf = (approval: Approval | undefined) => approvals.findIndex(({ id }) => id === approval?.id);
  const step = (by: number) => {
    const target = approvals[Math.min(Math.max(indexOf(current) + by, 0), approvals.length - 1)];
    if (target) {
      choose(target.id);
    }
  };
  /** From a case that is decided to the next, unless the moderator went on meanwhile. */
  const leave = (approval: Approval, onLeave: () => void) => {
    if (latest.current === approval.id) {
      onLeave();
      choose((approvals[indexOf(approval) + 1] ?? approvals[indexOf(approval) - 1])?.id);
    }
  };
  return { chosen, current, choose, step, leave };
}

function withCase(parameters: URLSearchParams, id: string | undefined): URLSearchParams {
  const after = new URLSearchParams(parameters);
  if (id === undefined) {
    after.delete("case");
  } else {
    after.set("case", id);
  }
  return after;
}

/** After a decision the keyboard goes on at the heading of what takes the case's place, as soon as that is there. */
function useFocusOnCase(): { area: RefObject<HTMLDivElement>; arrive: () => void } {
  const area = useRef<HTMLDivElement>(null);
  const isAwaited = useRef(false);
  useEffect(() => {
    const heading = isAwaited.current ? area.current?.querySelector("h2") : undefined;
    if (heading) {
      isAwaited.current = false;
      heading.tabIndex = -1;
      heading.focus();
    }
  });
  return { area, arrive: () => (isAwaited.current = true) };
}

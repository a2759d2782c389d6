import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useApi } from "../../api/ApiContext";
import { type Problem, toProblem } from "../../api/Problem";
import type { MailPreview } from "../../api/types";
import { type Batch, newBatch, sendRest } from "./batch";
import { batchStore } from "./batchStore";
import { outcomeOf, type Sent } from "./outcome";
import { type Row, toRequest } from "./rows";
import type { People } from "./usePeople";
import { toVerdicts } from "./verdicts";

export type Stage =
  | { name: "writing" }
  | { name: "checking" }
  | { name: "reviewing"; rows: Row[]; mail: MailPreview | null }
  | { name: "sending"; batch: Batch; isStopped: boolean };

/** From what was written to what was sent: check, look at the mail, send in parts, and go on where it stopped. */
export function useInviting(people: People, owner: string) {
  const api = useApi();
  const store = useMemo(() => batchStore(owner), [owner]);
  const [stage, setStage] = useState<Stage>({ name: "writing" });
  const [problem, setProblem] = useState<Problem>();
  const [checks, setChecks] = useState(0);
  const [sent, setSent] = useState<Sent[]>([]);
  const [unfinished, setUnfinished] = useState(() => store.load(new Date()));
  const gone = useGone();

  const attempt = async (action: () => Promise<Stage>) => {
    setProblem(undefined);
    setStage({ name: "checking" });
    try {
      setStage(await action());
    } catch (error) {
      setProblem(toProblem(error));
      setStage({ name: "writing" });
    }
    setChecks((checks) => checks + 1);
  };

  /** Asks for a verdict on every row. */
  const judge = async (rows: Row[]) => {
    const { invites, preview } = await api.dryRun(toRequest(rows, people.shared));
    const verdicts = toVerdicts(invites, rows, (row) => people.numberOf(row));
    people.setVerdicts(verdicts);
    return { preview, isAllGood: rows.every(({ id }) => verdicts[id]?.isGood) };
  };

  const check = () => {
    const rows = people.written();
    const isVouched = people.shared.vouched;
    people.refuse(isVouched ? {} : { vouched: { code: "vouch_missing", message: null, field: "vouched", argument: null } });
    return attempt(async () => {
      const { preview, isAllGood } = await judge(rows);
      return isVouched && isAllGood ? { name: "reviewing", rows, mail: preview } : { name: "writing" };
    });
  };

  const finish = useCallback(
    (batch: Batch, left: Row[]) => {
      store.remove();
      const outcome = outcomeOf(batch);
      setSent((sent) => [...sent, ...outcome.sent]);
      people.restart([...left, ...outcome.refused], outcome.verdicts);
      setStage({ name: "writing" });
    },
    [store, people],
  );

  const send = async (batch: Batch, left: Row[] = []) => {
    const show = (batch: Batch, isStopped = false) => setStage({ name: "sending", batch, isStopped });
    let latest = batch;
    setUnfinished(undefined);
    setProblem(undefined);
    store.save(batch);
    show(batch);
    try {
      await sendRest(
        batch,
        (invites, key) => api.invite(invites, key, gone()),
        (next) => {
          latest = next;
          store.save(next);
          show(next);
        },
      );
      finish(latest, left);
    } catch (error) {
      if (!gone().aborted) {
        setProblem(toProblem(error));
        show(latest, true);
      }
    }
  };

  return {
    stage,
    problem,
    sent,
    unfinished,
    /** How many checks came to an end. */
    checks,
    check,
    /** What was pasted gets its verdicts at once. */
    inspect: (rows: Row[]) =>
      attempt(async () => {
        await judge(rows);
        return { name: "writing" };
      }),
    /** On to the mail with the rows that are good; the others stay for later. */
    reviewGood: (rows: Row[]) =>
      attempt(async () => {
        const { preview } = await api.dryRun(toRequest(rows, people.shared));
        return { name: "reviewing", rows, mail: preview };
      }),
    send: (rows: Row[]) => send(newBatch(rows, people.shared, new Date()), people.without(rows)),
    goOn: (batch: Batch) => {
      people.resume(batch.shared);
      return send(batch);
    },
    discard: () => {
      store.remove();
      setUnfinished(undefined);
    },
    back: () => setStage({ name: "writing" }),
  };
}

export type Inviting = ReturnType<typeof useInviting>;

/** A signal that ends with the page. */
function useGone(): () => AbortSignal {
  const controller = useRef(new AbortController());
  useEffect(() => {
    if (controller.current.signal.aborted) {
      controller.current = new AbortController();
    }
    return () => controller.current.abort();
  }, []);
  return useCallback(() => controller.current.signal, []);
}

import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useApi } from "../../api/ApiContext";
import { type Problem, toProblem } from "../../api/Problem";
import { type Batch, sendRest } from "./batch";
import { batchStore } from "./batchStore";
import { type Outcome, outcomeOf, type Sent } from "./outcome";

/** A batch on its way; a problem means that it stopped and can go on. */
export type Sending = { batch: Batch; problem?: Problem };

/** Sends a batch part by part and keeps it in the browser until it is done, so that it can go on after a closed page. */
export function useSending(owner: string, onDone: (outcome: Outcome) => void) {
  const api = useApi();
  const store = useMemo(() => batchStore(owner), [owner]);
  const [sending, setSending] = useState<Sending>();
  const [sent, setSent] = useState<Sent[]>([]);
  const [unfinished, setUnfinished] = useState(() => store.load(new Date()));
  const gone = useGone();

  const start = async (batch: Batch) => {
    let latest = batch;
    const show = (next: Batch) => {
      latest = next;
      store.save(next);
      setSending({ batch: next });
    };
    setUnfinished(undefined);
    show(batch);
    try {
      const outcome = outcomeOf(await sendRest(batch, (invites, key) => api.invite(invites, key, gone()), show));
      store.remove();
      setSent((sent) => [...sent, ...outcome.sent]);
      setSending(undefined);
      onDone(outcome);
    } catch (error) {
      if (!gone().aborted) {
        setSending({ batch: latest, problem: toProblem(error) });
      }
    }
  };

  const discard = () => {
    store.remove();
    setUnfinished(undefined);
  };

  return { sending, sent, unfinished, start, discard };
}

/** A signal that ends with the page. */
function useGone(): () => AbortSignal {
  const controller = useRef(new AbortController());
  useEffect(() => {
    controller.current = new AbortController();
    return () => controller.current.abort();
  }, []);
  return useCallback(() => controller.current.signal, []);
}

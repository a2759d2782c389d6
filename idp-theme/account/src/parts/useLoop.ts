import { useCallback, useEffect, useState } from "react";

/** Milliseconds to the next step; null: not before somebody asks or comes back to the page. */
export type Pause = number | null;

/**
 * Takes the step now and again after each pause, only while the page is visible, and at once when it becomes visible.
 * Returns the way to take it now. The step handles its own failures.
 */
export function useLoop(step: (signal: AbortSignal) => Promise<Pause>): () => void {
  const [round, setRound] = useState(0);
  useEffect(() => {
    const gone = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isRunning = false;
    const run = async () => {
      if (document.hidden || isRunning) {
        return;
      }
      clearTimeout(timer);
      isRunning = true;
      const pause = await step(gone.signal);
      isRunning = false;
      if (pause !== null && !gone.signal.aborted) {
        timer = setTimeout(() => void run(), pause);
      }
    };
    const look = () => void run();
    document.addEventListener("visibilitychange", look);
    look();
    return () => {
      gone.abort();
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", look);
    };
  }, [step, round]);
  return useCallback(() => setRound((round) => round + 1), []);
}

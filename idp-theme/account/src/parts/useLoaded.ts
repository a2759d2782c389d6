import { useCallback, useState } from "react";
import { type Problem, toProblem } from "../api/Problem";
import { type Pause, useLoop } from "./useLoop";

const afterFailure = 30_000;

/** A value, read again after each pause and whenever somebody asks. `read` must stay the same from one rendering to the next. */
export function useLoaded<T>(read: (signal: AbortSignal) => Promise<T>, pause: Pause = null) {
  const [value, setValue] = useState<T>();
  const [problem, setProblem] = useState<Problem>();
  const step = useCallback(
    async (signal: AbortSignal): Promise<Pause> => {
      try {
        const value = await read(signal);
        if (signal.aborted) {
          return null;
        }
        setValue(value);
        setProblem(undefined);
        return pause;
      } catch (error) {
        if (signal.aborted) {
          return null;
        }
        setProblem(toProblem(error));
        return afterFailure;
      }
    },
    [read, pause],
  );
  const reload = useLoop(step);
  return { value, problem, reload };
}

import { useCallback, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useApi } from "../../api/ApiContext";
import { type Problem, toProblem } from "../../api/Problem";
import type { Approval } from "../../api/types";
import { type Pause, useLoop } from "../../parts/useLoop";

const betweenLooks = 10_000;
const afterFailure = 30_000;

/** One case that isn't in the list, or not any more; mount it anew for another. */
export function useCase(id: string) {
  const api = useApi();
  const { language } = useTranslation().i18n;
  const etag = useRef<string | null>(null);
  const [approval, setApproval] = useState<Approval>();
  const [problem, setProblem] = useState<Problem>();
  const step = useCallback(
    async (signal: AbortSignal): Promise<Pause> => {
      try {
        const answer = await api.approval(id, language, etag.current, signal);
        if (answer !== "unchanged") {
          etag.current = answer.etag;
          setApproval(answer.value);
        }
        setProblem(undefined);
        return betweenLooks;
      } catch (error) {
        if (signal.aborted) {
          return null;
        }
        const problem = toProblem(error);
        setProblem(problem);
        return problem.isPassing ? afterFailure : null;
      }
    },
    [api, id, language],
  );
  return { approval, problem, reload: useLoop(step) };
}

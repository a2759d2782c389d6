import { useCallback, useRef, useState } from "react";
import { useApi } from "../../api/ApiContext";
import { type Problem, toProblem } from "../../api/Problem";
import type { Welcome } from "../../api/types";
import { type Pause, useLoop } from "../../parts/useLoop";

// Whoever has just registered may be here before the companion has heard of it.
const earliest = 1000;
const earlyLooks = 5;
const quick = 3000;
const slow = 30_000;

/** What has become of the newcomer's rooms and memberships, kept up to date while it still changes. */
export function useWelcome() {
  const api = useApi();
  const etag = useRef<string | null>(null);
  const known = useRef<Welcome>(undefined);
  const looks = useRef(0);
  const [welcome, setWelcome] = useState<Welcome>();
  const [problem, setProblem] = useState<Problem>();
  const step = useCallback(
    async (signal: AbortSignal): Promise<Pause> => {
      try {
        const answer = await api.welcome(etag.current, signal);
        if (answer !== "unchanged") {
          etag.current = answer.etag;
          known.current = answer.value;
          setWelcome(answer.value);
        }
        setProblem(undefined);
        return known.current ? pauseFor(known.current) : null;
      } catch (error) {
        if (signal.aborted) {
          return null;
        }
        const problem = toProblem(error);
        if (problem.code === "not_found" && looks.current++ < earlyLooks) {
          return earliest;
        }
        setProblem(problem);
        return problem.isPassing ? slow : null;
      }
    },
    [api],
  );
  const reload = useLoop(step);
  return { welcome, problem, reload };
}

export function pauseFor({ status, chatAccount }: Pick<Welcome, "status" | "chatAccount">): Pause {
  if (status === "running") {
    return chatAccount === "stuck" ? slow : quick;
  }
  return status === "awaiting_approval" ? slow : null;
}

import { useCallback, useState } from "react";
import { useApi } from "../../api/ApiContext";
import { type Problem, toProblem } from "../../api/Problem";

/** What became of the last try for each stuck thing, by its id. */
export type Results = Readonly<Record<string, "done" | Problem>>;

/** Tries stuck things again or lets them go, one after the other. */
export function useSolving(onChanged: () => void) {
  const api = useApi();
  const [isBusy, setBusy] = useState(false);
  const [results, setResults] = useState<Results>({});
  const solve = useCallback(
    async (ids: string[], action: "retry" | "skip") => {
      setBusy(true);
      for (const id of ids) {
        const result = await api.solve(id, action).then(
          () => "done" as const,
          (error: unknown) => toProblem(error),
        );
        setResults((results) => ({ ...results, [id]: result }));
      }
      setBusy(false);
      onChanged();
    },
    [api, onChanged],
  );
  return { isBusy, results, solve };
}

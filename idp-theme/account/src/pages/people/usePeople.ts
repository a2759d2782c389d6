import { useCallback, useState } from "react";
import type { PeopleQuery } from "../../api/moderation";
import { useApi } from "../../api/ApiContext";
import type { TreePerson } from "../../api/types";
import { useLoaded } from "../../parts/useLoaded";

const limit = 100;

/** The branch below `root`, or those found, with what was opened and turned to since. */
export function usePeople(root: string | undefined, search: string) {
  const api = useApi();
  const from = JSON.stringify({ root, search });
  const [more, setMore] = useState<{ from: string; queries: PeopleQuery[] }>({ from, queries: [] });
  const further = more.from === from ? more.queries : none;
  const read = useCallback(
    async (signal: AbortSignal) => {
      const queries: PeopleQuery[] = [{ root, search, limit }, ...further];
      const answers = await Promise.all(queries.map((query) => api.people(query, signal)));
      const people = [...new Map(answers.flatMap((answer) => answer.people.map((person) => [person.account, person]))).values()];
      return {
        people,
        path: answers[0]?.path ?? [],
        truncated: further.length === 0 ? answers.some((answer) => answer.truncated) : people.some((person) => isCut(person, people)),
        next: answers.flatMap(({ next }, index) =>
          next === null || further.some(({ cursor }) => cursor === next) ? [] : [{ ...queries[index], cursor: next }],
        ),
      };
    },
    [api, root, search, further],
  );
  const { value, problem, reload } = useLoaded(read);
  const add = (queries: PeopleQuery[]) => setMore({ from, queries: [...further, ...queries] });
  /** Brings whom somebody invited, where they aren't shown. */
  const open = (account: string) => {
    const person = value?.people.find((one) => one.account === account);
    if (!search && value && person && isCut(person, value.people) && !further.some((query) => query.root === account)) {
      add([{ root: account, limit }]);
    }
  };
  return { value, problem, reload, open, showMore: () => add(value?.next ?? []) };
}

const none: PeopleQuery[] = [];

/** Not all are shown whom the person invited. */
function isCut({ account, brought }: TreePerson, people: TreePerson[]): boolean {
  return people.filter(({ inviter }) => inviter === account).length < brought;
}

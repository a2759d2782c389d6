import { createContext, type ReactNode, useCallback, useContext, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useApi } from "../api/ApiContext";
import { personName } from "./personName";

/** The companion names no more at once. */
const atOnce = 100;

type Names = Readonly<Record<string, string>>;
type Known = { names: Names; want: (account: string) => void };

const Context = createContext<Known>({ names: {}, want: () => undefined });

/** Names of accounts, for lists that have accounts only: those that one page wants are asked for together, each once. */
export function PersonNamesProvider({ children }: { children: ReactNode }) {
  const api = useApi();
  const [names, setNames] = useState<Names>({});
  const asked = useRef(new Set<string>());
  const wanted = useRef<string[]>([]);

  const ask = useCallback(
    (accounts: string[]) =>
      api.names(accounts).then(
        (answer) => setNames((known) => ({ ...known, ...answer.names })),
        // Whoever is drawn next asks again.
        () => accounts.forEach((account) => asked.current.delete(account)),
      ),
    [api],
  );
  const want = useCallback(
    (account: string) => {
      if (asked.current.has(account)) {
        return;
      }
      asked.current.add(account);
      if (wanted.current.push(account) > 1) {
        return;
      }
      setTimeout(() => {
        while (wanted.current.length > 0) {
          void ask(wanted.current.splice(0, atOnce));
        }
      });
    },
    [ask],
  );
  return <Context.Provider value={{ names, want }}>{children}</Context.Provider>;
}

/** What somebody is called; until that is known, and where nobody knows, the beginning of the account's id. */
export function usePersonName(account: string): string {
  const { t } = useTranslation();
  const { names, want } = useContext(Context);
  useEffect(() => want(account), [account, want]);
  return personName(t, { account, name: names[account] ?? null });
}

export function PersonName({ account }: { account: string }) {
  return <>{usePersonName(account)}</>;
}

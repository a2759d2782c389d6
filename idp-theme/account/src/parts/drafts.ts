import { useMemo, useState } from "react";
import { useSession } from "../SessionContext";
import { isText, readStored, writeStored } from "./stored";

const prefix = "companion-draft.";

/** What somebody is writing, kept in this tab until it is sent; nobody else who signs in here gets to see it. */
export function useDrafts() {
  const { account } = useSession();
  return useMemo(() => {
    const nameOf = (form: string) => `${prefix}${account}.${form}`;
    return {
      load: <T>(form: string, isValid: (stored: unknown) => stored is T) => readStored(sessionStorage, nameOf(form), isValid),
      save: (form: string, value: unknown) => writeStored(sessionStorage, nameOf(form), value),
      forget: (form: string) => sessionStorage.removeItem(nameOf(form)),
    };
  }, [account]);
}

/** A text that is kept while it is written; who sends it forgets it by `useDrafts`. */
export function useDraftText(form: string, initial = ""): [text: string, write: (text: string) => void] {
  const { load, save, forget } = useDrafts();
  const [text, setText] = useState(() => load(form, isText) ?? initial);
  const write = (text: string) => {
    if (text === initial) {
      forget(form);
    } else {
      save(form, text);
    }
    setText(text);
  };
  return [text, write];
}

/** For who signs out. */
export function forgetDrafts(): void {
  Object.keys(sessionStorage)
    .filter((name) => name.startsWith(prefix))
    .forEach((name) => sessionStorage.removeItem(name));
}

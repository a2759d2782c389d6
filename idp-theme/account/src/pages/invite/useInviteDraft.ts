import { useCallback, useEffect, useState } from "react";
import type { InviteOptions } from "../../api/types";
import { useDrafts } from "../../parts/drafts";
import { listOf, objectOf } from "../../parts/stored";
import { isBlank, isRow, isShared, keepOne, type Row, type Shared, sharedFrom } from "./rows";

const form = "invite";
const isDraft = objectOf<{ rows: Row[]; shared: Shared }>({ rows: listOf(isRow), shared: isShared });

/** What the form holds, kept in this tab while somebody writes it. */
export function useInviteDraft(options: InviteOptions, blank: () => Row) {
  const { load, save, forget } = useDrafts();
  const [draft] = useState(() => load(form, isDraft));
  const [rows, setRows] = useState<Row[]>(() => keepOne(draft?.rows ?? [], blank));
  const [shared, setShared] = useState<Shared>(() => draft?.shared ?? sharedFrom(options));
  const isWritten = useCallback((row: Row) => !isBlank(row, blank()), [blank]);
  const isUntouched = !rows.some(isWritten) && JSON.stringify(shared) === JSON.stringify(sharedFrom(options));

  useEffect(() => {
    if (isUntouched) {
      forget(form);
    } else {
      save(form, { rows, shared });
    }
  }, [isUntouched, rows, shared, save, forget]);
  return { rows, setRows, shared, setShared, isWritten };
}

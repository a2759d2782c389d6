import { useCallback, useMemo, useState } from "react";
import { refusalOf } from "../../api/Problem";
import { keepOne, newRow, roomsIn, type Row, type Shared, withOnlyChoices } from "./rows";
import type { ReadRow } from "./readRows";
import { textLength } from "./textLength";
import { useInviteDraft } from "./useInviteDraft";
import type { Choices } from "./useInviteOptions";
import { groupVerdicts, rowFieldOf, type SharedRefusals, sharedRefusals, type Verdicts } from "./verdicts";

const notVouched = refusalOf("vouch_missing", "vouched");
const noteTooLong = (excess: number) => refusalOf("note_too_long", "note", String(excess));

/** What is being written: people, what they have in common, and what the companion said about it last. */
export function usePeople(choices: Choices) {
  const { options, known } = choices;
  const blank = useCallback(() => withOnlyChoices(newRow(), options, known), [options, known]);
  const { rows, setRows, shared, setShared, isWritten } = useInviteDraft(options, blank);
  const [verdicts, setVerdicts] = useState<Verdicts>({});
  const [ownRefusals, setOwnRefusals] = useState<SharedRefusals>({});
  const refusals = useMemo(() => ({ ...sharedRefusals(verdicts, rows), ...ownRefusals }), [verdicts, rows, ownRefusals]);

  const forget = (ids: string[]) =>
    setVerdicts((verdicts) => Object.fromEntries(Object.entries(verdicts).filter(([id]) => !ids.includes(id))));

  return {
    rows,
    shared,
    verdicts,
    refusals,
    setVerdicts,
    /** The rows with somebody in them, or the blank one there is. */
    written: () => (rows.some(isWritten) ? rows.filter(isWritten) : rows.slice(0, 1)),
    isWritten,
    numberOf: (row: Row) => rows.indexOf(row) + 1,
    /** Whether what no dry run looks at is as it has to be; if not, the form says so. */
    requireShared: () => {
      const noteExcess = textLength(shared.note) - options.noteMaxLength;
      setOwnRefusals({ ...(shared.vouched ? {} : { vouched: notVouched }), ...(noteExcess > 0 ? { note: noteTooLong(noteExcess) } : {}) });
      return shared.vouched && noteExcess <= 0;
    },
    /** Refuses the rows that the companion needn't be asked about, and returns their verdicts. */
    refuseGroupless: (rows: Row[]): Verdicts => {
      const refused = groupVerdicts(rows, options, known);
      setVerdicts((verdicts) => ({ ...verdicts, ...refused }));
      return refused;
    },
    change: (row: Row) => {
      forget([row.id]);
      setRows((rows) => rows.map((one) => (one.id === row.id ? row : one)));
    },
    remove: (row: Row) =>
      setRows((rows) =>
        keepOne(
          rows.filter(({ id }) => id !== row.id),
          blank,
        ),
      ),
    add: () => setRows((rows) => [...rows, blank()]),
    /** Adds what was pasted and returns all rows there are then. */
    take: (read: ReadRow[]): Row[] => {
      const all = [
        ...rows.filter(isWritten),
        ...read.map((row) => withOnlyChoices(newRow({ ...row, rooms: roomsIn(row.rooms, options.rooms) }), options, known)),
      ];
      setRows(all);
      return all;
    },
    /** What was said about a shared field is about its old content. */
    share: (changed: Partial<Shared>) => {
      setOwnRefusals((refusals) => without(refusals, Object.keys(changed)));
      forget(rows.filter((row) => isAbout(verdicts[row.id], row, Object.keys(changed))).map(({ id }) => id));
      setShared((shared) => ({ ...shared, ...changed }));
    },
    /** Rows that are being sent leave the form, and those that were refused come back first. */
    takeOut: (others: Row[]): Row[] => {
      const left = rows.filter((row) => !others.includes(row) && isWritten(row));
      setRows(keepOne(left, blank));
      return left;
    },
    putBack: (refused: Row[], verdicts: Verdicts) => {
      // Who is invited next is vouched for anew.
      setShared((shared) => ({ ...shared, vouched: shared.vouched && refused.length > 0 }));
      setRows((rows) => keepOne([...refused, ...rows.filter(isWritten)], blank));
      setVerdicts((before) => ({ ...before, ...verdicts }));
    },
    restore: (left: Row[], shared: Shared) => {
      // The draft may have them too.
      setRows((rows) => keepOne([...rows.filter((row) => isWritten(row) && !left.some(({ id }) => id === row.id)), ...left], blank));
      setShared(shared);
    },
  };
}

export type People = ReturnType<typeof usePeople>;

function without(refusals: SharedRefusals, fields: string[]): SharedRefusals {
  return Object.fromEntries(Object.entries(refusals).filter(([field]) => !fields.includes(field)));
}

function isAbout(verdict: Verdicts[string] | undefined, row: Row, fields: string[]): boolean {
  return verdict !== undefined && !verdict.isGood && rowFieldOf(verdict, row) === undefined && fields.includes(verdict.field ?? "");
}

import { useCallback, useMemo, useState } from "react";
import { isBlank, newRow, type Row, type Shared, sharedFrom, withOnlyChoices } from "./rows";
import type { ReadRow } from "./readRows";
import type { Choices } from "./useInviteOptions";
import type { SharedRefusals, Verdicts } from "./verdicts";
import { sharedRefusals } from "./verdicts";

/** What is being written: people, what they have in common, and what the companion said about it last. */
export function usePeople(choices: Choices) {
  const { options, known } = choices;
  const blank = useCallback(() => withOnlyChoices(newRow(), options, known), [options, known]);
  const [rows, setRows] = useState<Row[]>(() => [blank()]);
  const [shared, setShared] = useState<Shared>(() => sharedFrom(options));
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
    written: () => keepRows(rows),
    without: (others: Row[]) => rows.filter((row) => !others.includes(row) && !isBlank(row)),
    numberOf: (row: Row) => rows.indexOf(row) + 1,
    /** A refusal found without asking the companion. */
    refuse: setOwnRefusals,
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
      const all = [...rows.filter((row) => !isBlank(row)), ...read.map((row) => withOnlyChoices(newRow(row), options, known))];
      setRows(all);
      return all;
    },
    /** What was said about a shared field is about its old content. */
    share: (changed: Partial<Shared>) => {
      setOwnRefusals((refusals) => without(refusals, Object.keys(changed)));
      forget(rows.filter(({ id }) => isAbout(verdicts[id], Object.keys(changed))).map(({ id }) => id));
      setShared((shared) => ({ ...shared, ...changed }));
    },
    restart: (rows: Row[], verdicts: Verdicts = {}) => {
      setRows(keepOne(rows, blank));
      setVerdicts(verdicts);
    },
    resume: (shared: Shared) => setShared(shared),
  };
}

export type People = ReturnType<typeof usePeople>;

function keepOne(rows: Row[], blank: () => Row): Row[] {
  return rows.length > 0 ? rows : [blank()];
}

function keepRows(rows: Row[]): Row[] {
  const written = rows.filter((row) => !isBlank(row));
  return written.length > 0 ? written : rows.slice(0, 1);
}

function without(refusals: SharedRefusals, fields: string[]): SharedRefusals {
  return Object.fromEntries(Object.entries(refusals).filter(([field]) => !fields.includes(field)));
}

function isAbout(verdict: Verdicts[string] | undefined, fields: string[]): boolean {
  return verdict !== undefined && !verdict.isGood && fields.includes(verdict.field ?? "");
}

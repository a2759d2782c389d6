import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useApi } from "../../api/ApiContext";
import { type Problem, toProblem } from "../../api/Problem";
import type { MailPreview } from "../../api/types";
import { type Asked, askedOf } from "./asked";
import { type Batch, newBatch } from "./batch";
import { type Row, toRequest } from "./rows";
import type { People } from "./usePeople";
import { useSending } from "./useSending";
import { toVerdicts } from "./verdicts";

export type Stage = { name: "writing" } | { name: "checking" } | { name: "reviewing"; rows: Row[]; mail: MailPreview | null; asked: Asked };

const writing: Stage = { name: "writing" };

/** From what was written to what was sent: check, look at the mail, send; what was refused comes back to be mended. */
export function useInviting(people: People, owner: string, onSent: () => void) {
  const api = useApi();
  const { i18n } = useTranslation();
  const [stage, setStage] = useState(writing);
  const [problem, setProblem] = useState<Problem>();
  const [checks, setChecks] = useState(0);
  const sending = useSending(owner, ({ refused, verdicts }) => {
    people.putBack(refused, verdicts);
    setChecks((checks) => checks + 1);
    onSent();
  });

  const attempt = async (action: () => Promise<Stage>) => {
    setProblem(undefined);
    setStage({ name: "checking" });
    try {
      setStage(await action());
    } catch (error) {
      setProblem(toProblem(error));
      setStage(writing);
    }
    setChecks((checks) => checks + 1);
  };

  /** Gets a verdict on every row, from the companion where it isn't plain. */
  const judge = async (rows: Row[], numberOf: (row: Row) => number) => {
    const groupless = people.refuseGroupless(rows);
    const asked = rows.filter(({ id }) => !groupless[id]);
    if (asked.length === 0) {
      return { preview: null, isAllGood: false, asked: askedOf([]) };
    }
    const { invites, preview } = await api.dryRun(toRequest(asked, people.shared), i18n.language);
    const verdicts = { ...groupless, ...toVerdicts(invites, asked, numberOf) };
    people.setVerdicts(verdicts);
    return { preview, isAllGood: rows.every(({ id }) => verdicts[id]?.isGood), asked: askedOf(invites) };
  };

  const check = () => {
    const rows = people.written();
    const isComplete = people.requireShared();
    return attempt(async () => {
      const { preview, isAllGood, asked } = await judge(rows, people.numberOf);
      return isComplete && isAllGood ? { name: "reviewing", rows, mail: preview, asked } : writing;
    });
  };

  /** What was pasted gets its verdicts at once. */
  const inspect = (rows: Row[]) =>
    attempt(async () => {
      await judge(rows, (row) => rows.indexOf(row) + 1);
      return writing;
    });

  /** On to the mail with the rows that are good; the others stay for later. */
  const reviewGood = (rows: Row[]) =>
    attempt(async () => {
      const { invites, preview } = await api.dryRun(toRequest(rows, people.shared), i18n.language);
      return { name: "reviewing", rows, mail: preview, asked: askedOf(invites) };
    });

  const send = (rows: Row[]) => {
    const left = people.takeOut(rows);
    setStage(writing);
    return sending.start(newBatch(rows, left, people.shared, new Date()));
  };

  /** Takes up what a closed page left behind. */
  const resume = (batch: Batch) => {
    people.restore(batch.left, batch.shared);
    return sending.start(batch);
  };

  return { ...sending, stage, problem, checks, check, inspect, reviewGood, send, resume, back: () => setStage(writing) };
}

export type Inviting = ReturnType<typeof useInviting>;

import { Problem, toProblem } from "../../api/Problem";
import type { IssuedInvite, IssuedInvites, IssueInvites } from "../../api/types";
import { randomKey } from "../../parts/randomKey";
import { isFlag, isText, listOf, nullOr, objectOf } from "../../parts/stored";
import { isRow, isShared, type Row, type Shared, toRequest } from "./rows";

const partSize = 50;

/**
 * Rows on their way out. It can be sent on from what is written here, by the same keys, so that nothing goes out twice.
 * `left` are the rows that stayed in the form.
 */
export type Batch = { key: string; startedAt: string; rows: Row[]; left: Row[]; shared: Shared; answers: IssuedInvite[][] };

const isAnswer = (value: unknown): value is IssuedInvite =>
  objectOf<IssuedInvite>({
    row: (row): row is number => typeof row === "number",
    outcome: (outcome): outcome is IssuedInvite["outcome"] => isText(outcome),
    id: nullOr(isText),
    expiresAt: nullOr(isText),
    awaitingApproval: isFlag,
    code: nullOr(isText),
    message: nullOr(isText),
    field: nullOr(isText),
    argument: nullOr(isText),
  })(value);

export const isBatch = objectOf<Batch>({
  key: isText,
  startedAt: isText,
  rows: listOf(isRow),
  left: listOf(isRow),
  shared: isShared,
  answers: listOf(listOf(isAnswer)),
});

export function newBatch(rows: Row[], left: Row[], shared: Shared, now: Date): Batch {
  return { key: randomKey(), startedAt: now.toISOString(), rows, left, shared, answers: [] };
}

export function partsOf({ rows }: Batch): Row[][] {
  return Array.from({ length: Math.ceil(rows.length / partSize) }, (_, part) => rows.slice(part * partSize, (part + 1) * partSize));
}

function isFinished(batch: Batch): boolean {
  return batch.answers.length >= partsOf(batch).length;
}

export function answeredRows({ answers }: Batch): number {
  return answers.reduce((sum, part) => sum + part.length, 0);
}

type SendPart = (invites: IssueInvites, key: string) => Promise<IssuedInvites>;

/**
 * Sends what has no answer yet, part by part, and hands over the batch after every answer. Throws the problem when the same part may go
 * through later; a refusal of a whole part is an answer to all rows that are left.
 */
export async function sendRest(batch: Batch, send: SendPart, onAnswer: (batch: Batch) => void): Promise<Batch> {
  let current = batch;
  while (!isFinished(current)) {
    current = await sendNext(current, send);
    onAnswer(current);
  }
  return current;
}

async function sendNext(batch: Batch, send: SendPart): Promise<Batch> {
  const part = batch.answers.length;
  try {
    const { invites } = await send(toRequest(partsOf(batch)[part] ?? [], batch.shared), `${batch.key}-${part + 1}`);
    return { ...batch, answers: [...batch.answers, invites] };
  } catch (error) {
    if (error instanceof Problem && !error.isPassing) {
      return refuseRest(batch, error);
    }
    throw error;
  }
}

function refuseRest(batch: Batch, error: Problem): Batch {
  const { code, message, field, argument } = toProblem(error);
  const rest = partsOf(batch).slice(batch.answers.length);
  const refuse = (_: Row, index: number): IssuedInvite => ({
    ...{ row: index + 1, outcome: "refused", id: null, expiresAt: null, awaitingApproval: false },
    ...{ code, message, field, argument },
  });
  return { ...batch, answers: [...batch.answers, ...rest.map((rows) => rows.map(refuse))] };
}

import { type Batch, partsOf } from "./batch";
import type { Row } from "./rows";
import { toVerdicts, type Verdicts } from "./verdicts";

/** `waits`: nothing goes out before a moderator has approved it. */
export type Sent = { id: string; contact: string; expiresAt: string | null; waits: boolean };

/** What became of a batch: who was invited, and whose row needs a hand. */
export type Outcome = { sent: Sent[]; refused: Row[]; verdicts: Verdicts };

export function outcomeOf(batch: Batch): Outcome {
  const parts = partsOf(batch);
  const sent: Sent[] = [];
  const refused: Row[] = [];
  const answers = batch.answers.flatMap((part, index) => part.map((answer) => ({ answer, rows: parts[index] ?? [] })));
  for (const { answer, rows } of answers) {
    const row = rows[answer.row - 1];
    if (row && answer.outcome === "issued") {
      sent.push({ id: row.id, contact: row.contact, expiresAt: answer.expiresAt, waits: answer.awaitingApproval });
    } else if (row) {
      refused.push(row);
    }
  }
  const numberOf = (row: Row) => refused.indexOf(row) + 1 || batch.rows.indexOf(row) + 1;
  const verdicts = batch.answers.map((part, index) => toVerdicts(part, parts[index] ?? [], numberOf));
  const ids = new Set(refused.map(({ id }) => id));
  const relevant = verdicts.flatMap((part) => Object.entries(part)).filter(([id]) => ids.has(id));
  return { sent, refused, verdicts: Object.fromEntries(relevant) };
}

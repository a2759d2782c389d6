import { describe, expect, it } from "vitest";
import { Problem } from "../../api/Problem";
import type { IssuedInvites, IssueInvites } from "../../api/types";
import { type Batch, newBatch, sendRest } from "./batch";
import { batchStore } from "./batchStore";
import { outcomeOf } from "./outcome";
import { newRow, type Shared } from "./rows";

const shared: Shared = { rooms: [], message: "", language: "en", remind: false, vouched: true, note: "" };
const people = (count: number) => Array.from({ length: count }, (_, index) => newRow({ contact: `person${index + 1}@example.org` }));
const start = new Date("2026-11-21T12:00:00Z");
const batchOf = (count: number) => newBatch(people(count), [], shared, start);

/** Sends every mail once per key, as the companion promises. */
function companion(fails: (call: number) => Problem | undefined = () => undefined) {
  const answers = new Map<string, IssuedInvites>();
  const mails: string[] = [];
  const keys: string[] = [];
  const send = ({ invites }: IssueInvites, key: string): Promise<IssuedInvites> => {
    keys.push(key);
    const problem = fails(keys.length);
    if (problem && !problem.isPassing) {
      return Promise.reject(problem);
    }
    if (!answers.has(key)) {
      mails.push(...invites.map(({ contact }) => contact));
      answers.set(key, { invites: invites.map(({ contact }, index) => answerTo(contact, index + 1)) });
    }
    return problem ? Promise.reject(problem) : Promise.resolve(answers.get(key)!);
  };
  return { send, mails, keys };
}

function answerTo(contact: string, row: number): IssuedInvites["invites"][number] {
  const refusal = { code: "recipient_limit", message: "English", field: "contact", argument: null };
  return contact === "person60@example.org"
    ? { row, outcome: "refused", id: null, expiresAt: null, awaitingApproval: false, ...refusal }
    : {
        row,
        outcome: "issued",
        id: `i-${contact}`,
        awaitingApproval: false,
        expiresAt: "2026-12-05T12:00:00Z",
        code: null,
        message: null,
        field: null,
        argument: null,
      };
}

const problem = (status: number, code: string) => new Problem({ status, code, message: "English", field: null, argument: null });

describe("a batch", () => {
  it("goes out in parts of fifty under keys of their own", async () => {
    const batch = batchOf(120);
    const { send, keys, mails } = companion();
    const progress: number[] = [];
    await sendRest(batch, send, ({ answers }) => progress.push(answers.flat().length));
    expect(keys).toEqual([`${batch.key}-1`, `${batch.key}-2`, `${batch.key}-3`]);
    expect(progress).toEqual([50, 100, 120]);
    expect(mails).toHaveLength(120);
  });

  it("goes on where it stopped, and invites nobody twice, even when an answer was lost", async () => {
    const { send, keys, mails } = companion((call) => (call === 2 ? problem(0, "unreachable") : undefined));
    const store = batchStore("alice");
    const batch = batchOf(120);
    await expect(sendRest(batch, send, store.save)).rejects.toMatchObject({ code: "unreachable" });
    const found = store.load(start)!;
    expect(found.answers).toHaveLength(1);
    await sendRest(found, send, store.save);
    expect(keys).toEqual([1, 2, 2, 3].map((part) => `${batch.key}-${part}`));
    expect(new Set(mails).size).toBe(120);
    expect(mails).toHaveLength(120);
  });

  it("gives the rows that are left back when a part is refused as a whole", async () => {
    const { send } = companion((call) => (call === 2 ? problem(422, "inviting_paused") : undefined));
    const { sent, refused, verdicts } = outcomeOf(await sendRest(batchOf(120), send, () => undefined));
    expect(sent).toHaveLength(50);
    expect(refused).toHaveLength(70);
    expect(verdicts[refused[0]!.id]).toMatchObject({ code: "inviting_paused" });
  });

  it("ends in who was invited and whose row needs a hand", async () => {
    const { sent, refused, verdicts } = outcomeOf(await sendRest(batchOf(70), companion().send, () => undefined));
    expect(sent).toHaveLength(69);
    expect(refused.map(({ contact }) => contact)).toEqual(["person60@example.org"]);
    expect(Object.values(verdicts)).toEqual([expect.objectContaining({ isGood: false, code: "recipient_limit" })]);
  });
});

describe("the store of unfinished batches", () => {
  const later = (days: number) => new Date(start.getTime() + days * 86_400_000);

  it("keeps one per person", () => {
    const batch = batchOf(2);
    batchStore("alice").save(batch);
    expect(batchStore("alice").load(start)).toEqual(batch);
    expect(batchStore("bert").load(start)).toBeUndefined();
  });

  it("forgets a batch before the companion forgets its keys", () => {
    batchStore("alice").save(batchOf(2));
    expect(batchStore("alice").load(later(7))).toBeUndefined();
    expect(localStorage).toHaveLength(0);
  });

  it("does without what isn't readable", () => {
    localStorage.setItem("companion.invite.alice", "{");
    expect(batchStore("alice").load(start)).toBeUndefined();
  });

  it.each([
    ["rows", { rows: [{ contact: "bert@example.org" }] }],
    ["what they share", { shared: {} }],
    ["answers", { answers: [{}] }],
  ])("drops a batch of another version of these pages: %s", (_, changes) => {
    localStorage.setItem("companion.invite.alice", JSON.stringify({ ...batchOf(1), ...changes }));
    expect(batchStore("alice").load(start)).toBeUndefined();
    expect(localStorage).toHaveLength(0);
  });

  it("keeps a batch with answers", async () => {
    const batch = await sendRest(batchOf(70), companion().send, () => undefined);
    batchStore("alice").save(batch);
    expect(batchStore("alice").load(start)).toEqual(batch);
  });

  it("lets the sending go on when the browser keeps nothing", () => {
    const full = {
      setItem: () => {
        throw new Error("full");
      },
      removeItem: () => undefined,
    } as unknown as Storage;
    expect(() => batchStore("alice", full).save({} as Batch)).not.toThrow();
  });
});

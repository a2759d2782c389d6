import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import type { ProblemCause } from "../../api/types";
import { renderPage } from "../../test/render";
import { refuse, startServer } from "../../test/server";
import { ProblemsPage } from "./ProblemsPage";

const victim = (id: string) => ({
  id,
  subject: "room",
  room: { id: "!general", name: "General" },
  since: "2026-11-20T10:00:00Z",
  onboardingId: id,
  inviteId: id,
  accountId: `account-${id}`,
});
const noPower: ProblemCause = {
  code: "bot_lacks_power",
  room: { id: "!general", name: "General" },
  since: "2026-11-20T10:00:00Z",
  affected: [victim("one"), victim("two")],
};
const names = { "GET people/names": () => ({ body: { names: { "account-two": "Anna Anders" } } }) };
const posts = (calls: ReturnType<typeof startServer>) => calls.filter(({ method }) => method === "POST").map(({ path }) => path);

describe("the problems page", () => {
  it("has a row for each cause, in words, and whom it holds up folded away", async () => {
    startServer({
      ...names,
      "GET problems": () => ({ body: { problems: [noPower, { ...noPower, code: "brand_new", affected: [] }], work: [] } }),
    });
    renderPage(<ProblemsPage />);
    expect(await screen.findByText("The bot may not invite into the room")).toBeVisible();
    expect(screen.getByText("Something is stuck: brand_new")).toBeVisible();
    expect(screen.getByText(/Room General · 2 people/)).toBeVisible();
    expect(screen.getAllByText(/Account account-/)[0]).not.toBeVisible();
    await userEvent.click(screen.getAllByRole("button", { name: "Who is affected" })[0]!);
    expect(screen.getAllByText(/Account account-/)[0]).toBeVisible();
  });

  it("tries all of a cause again, one after the other, and says why not where it can't", async () => {
    const calls = startServer({
      ...names,
      "GET problems": () => ({ body: { problems: [noPower], work: [] } }),
      "POST problems/one/retry": () => ({ status: 204 }),
      "POST problems/two/retry": () => refuse(404, "problem_unknown"),
    });
    renderPage(<ProblemsPage />);
    await userEvent.click(await screen.findByRole("button", { name: "Try again" }));
    expect((await screen.findAllByText("This isn't stuck any more."))[0]).toBeVisible();
    expect(posts(calls)).toEqual(["problems/one/retry", "problems/two/retry"]);
  });

  it("has a row for what isn't done, and tries it again", async () => {
    let isThere = true;
    const dead = {
      id: "w",
      code: "mail_channel_refused",
      isDead: true,
      kinds: ["invite_mail", "brand_new"],
      count: 3,
      since: "2026-11-20T10:00:00Z",
    };
    const calls = startServer({
      ...names,
      "GET problems": () => ({ body: { problems: [], work: isThere ? [dead] : [] } }),
      "POST problems/w/retry": () => ((isThere = false), { status: 204 }),
    });
    renderPage(<ProblemsPage />);
    expect(await screen.findByText("The mail server doesn't take the companion's mails")).toBeVisible();
    expect(screen.getByText("given up")).toBeVisible();
    expect(screen.getByText(/3 × invitation mails, other work/)).toBeVisible();
    await userEvent.click(screen.getByRole("button", { name: "Try again" }));
    expect(await screen.findByText("Nothing is stuck")).toBeVisible();
    expect(posts(calls)).toEqual(["problems/w/retry"]);
  });

  it("leaves a room out for one person", async () => {
    let isThere = true;
    const calls = startServer({
      ...names,
      "GET problems": () => ({ body: { problems: isThere ? [noPower] : [], work: [] } }),
      "POST problems/two/skip": () => ((isThere = false), { status: 204 }),
    });
    renderPage(<ProblemsPage />);
    await userEvent.click(await screen.findByRole("button", { name: "Who is affected" }));
    await userEvent.click(screen.getAllByRole("button", { name: /^Leave it out for/ })[1]!);
    expect(await screen.findByText("Nothing is stuck")).toBeVisible();
    expect(posts(calls)).toEqual(["problems/two/skip"]);
  });

  it("offers to leave out only what is a room's", async () => {
    const memberships = { ...noPower, room: null, affected: [{ ...victim("one"), room: null, subject: "memberships" }] };
    startServer({ ...names, "GET problems": () => ({ body: { problems: [memberships], work: [] } }) });
    renderPage(<ProblemsPage />);
    const row = within((await screen.findByText("The bot may not invite into the room")).closest("li")!);
    expect(row.getByRole("button", { name: "Try again" })).toBeVisible();
    expect(row.queryByRole("button", { name: "Leave it out" })).toBeNull();
  });
});

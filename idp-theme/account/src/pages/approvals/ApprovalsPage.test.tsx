import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import type { Approval } from "../../api/types";
import { renderPage } from "../../test/render";
import { approval, approvalPage, me } from "../../test/samples";
import { refuse, startServer } from "../../test/server";
import { StandingProvider } from "../../shell/Standing";
import { ApprovalsPage } from "./ApprovalsPage";

const moritz = { "GET me": () => ({ body: { ...me, isModerator: true } }), "GET welcome": () => refuse(404, "not_found") };
const second = approval({ id: "case-2", contact: "carla@example.org", inviteId: "two" });

/** A companion whose queue loses what is decided. */
function startQueue(approvals: Approval[], more: Parameters<typeof startServer>[0] = {}) {
  let waiting = approvals;
  const settle = (id: string, status: string) => {
    const settled = { ...waiting.find((one) => one.id === id)!, status, obstacle: "approval_settled" };
    waiting = waiting.filter((one) => one.id !== id);
    return { body: settled };
  };
  return startServer({
    ...moritz,
    "GET approvals": () => ({ body: approvalPage(waiting, { lastDecidedAt: "2026-11-20T10:00:00Z" }) }),
    ...Object.fromEntries(
      approvals.flatMap(({ id }) => [
        [`POST approvals/${id}/approve`, () => settle(id, "granted")],
        [`POST approvals/${id}/deny`, () => settle(id, "refused")],
      ]),
    ),
    ...more,
  });
}

/** Somebody comes back to the page, which asks again at once. */
const look = () => document.dispatchEvent(new Event("visibilitychange"));
const switchKeysOn = () => localStorage.setItem("companion-approval-keys", "on");

const draw = (path = "/") =>
  renderPage(
    <StandingProvider>
      <ApprovalsPage />
    </StandingProvider>,
    path,
  );
const posts = (calls: ReturnType<typeof startServer>) => calls.filter(({ method }) => method === "POST").map(({ path }) => path);
const heading = (name: string) => screen.findByRole("heading", { name, level: 2 });

describe("the approvals page", () => {
  it("has on one screen what one needs to decide", async () => {
    startQueue([approval({ answers: { Interests: ["Rowing", "Cake"] } })]);
    draw();
    await heading("bert@example.org");
    for (const text of [
      /younger than 14 days/,
      /1 of 2 approvals · out of 3 people · decided by \/moderators/,
      "Brought 5 in good order, 1 not",
      "2 invitations from a founding account",
      "3 open invitations",
      "Flagged",
      "We row together.",
      "Harbour Crew · members",
      "4 approved, 1 denied",
      "Rowing, Cake",
      "I know him.",
      "From the rowing club.",
    ]) {
      expect(screen.getByText(text)).toBeVisible();
    }
    expect(within(screen.getByRole("list", { name: "Cases" })).getByText("young-accounts")).toBeVisible();
  });

  it("approves, and goes on to what waits next", async () => {
    const calls = startQueue([approval(), second]);
    draw();
    await heading("bert@example.org");
    await userEvent.click(screen.getByRole("button", { name: "Approve" }));
    await heading("carla@example.org");
    expect(posts(calls)).toEqual(["approvals/case-1/approve"]);
  });

  it("denies with a reason, and not without", async () => {
    const calls = startQueue([approval()]);
    draw();
    await userEvent.click(await screen.findByRole("button", { name: "Deny" }));
    const dialog = within(await screen.findByRole("dialog"));
    await userEvent.click(dialog.getByRole("button", { name: "Deny" }));
    expect(dialog.getByText("Say why: the person gets to read it.")).toBeVisible();
    expect(posts(calls)).toEqual([]);
    await userEvent.click(dialog.getByRole("button", { name: /rules of our community/ }));
    await userEvent.click(dialog.getByRole("button", { name: "Deny" }));
    expect(await screen.findByText("Nothing waits")).toBeVisible();
    expect(calls.find(({ path }) => path.endsWith("/deny"))?.body).toEqual({ note: "This doesn't fit the rules of our community." });
  });

  it("keeps a reason that could not be sent", async () => {
    startQueue([approval()], { "POST approvals/case-1/deny": () => refuse(503, "companion_unavailable") });
    draw();
    await userEvent.click(await screen.findByRole("button", { name: "Deny" }));
    await userEvent.type(within(await screen.findByRole("dialog")).getByRole("textbox"), "Nobody knows you here.");
    await userEvent.click(within(screen.getByRole("dialog")).getByRole("button", { name: "Deny" }));
    expect(await screen.findByText(/not possible right now/)).toBeVisible();
    await userEvent.click(screen.getByRole("button", { name: "Deny" }));
    expect(within(await screen.findByRole("dialog")).getByRole("textbox")).toHaveValue("Nobody knows you here.");
  });

  it("forgets a question that was sent", async () => {
    startQueue([approval()], { "POST approvals/case-1/ask": () => ({ body: approval() }) });
    draw();
    await userEvent.click(await screen.findByRole("button", { name: "Ask" }));
    await userEvent.type(within(await screen.findByRole("dialog")).getByRole("textbox"), "Who are you?");
    await userEvent.click(within(screen.getByRole("dialog")).getByRole("button", { name: "Ask" }));
    expect(await screen.findByText(/Your question about/)).toBeVisible();
    expect(sessionStorage).toHaveLength(0);
  });

  it("asks a question", async () => {
    const calls = startQueue([approval()], { "POST approvals/case-1/ask": () => ({ body: approval() }) });
    draw();
    await userEvent.click(await screen.findByRole("button", { name: "Ask" }));
    const dialog = within(await screen.findByRole("dialog"));
    await userEvent.type(dialog.getByRole("textbox"), "Who are you?");
    await userEvent.click(dialog.getByRole("button", { name: "Ask" }));
    await expect.poll(() => calls.find(({ path }) => path.endsWith("/ask"))?.body).toEqual({ note: "Who are you?" });
  });

  it("is used by the keyboard, except while one types", async () => {
    switchKeysOn();
    const calls = startQueue([approval(), second]);
    draw();
    await heading("bert@example.org");
    await userEvent.keyboard("j");
    await heading("carla@example.org");
    await userEvent.keyboard("k");
    await heading("bert@example.org");
    await userEvent.keyboard("d");
    await userEvent.type(within(await screen.findByRole("dialog")).getByRole("textbox"), "a jaded kayak");
    await userEvent.keyboard("{Escape}");
    await expect.poll(() => screen.queryByRole("dialog")).toBeNull();
    expect(posts(calls)).toEqual([]);
    await userEvent.keyboard("a");
    await heading("carla@example.org");
    expect(posts(calls)).toEqual(["approvals/case-1/approve"]);
  });

  it("has a key act on the case that was chosen just before, however soon it comes", async () => {
    switchKeysOn();
    startQueue([approval(), second]);
    draw();
    const choice = await screen.findByRole("button", { name: /^carla@example.org/ });
    choice.click();
    document.dispatchEvent(new KeyboardEvent("keydown", { key: "d" }));
    expect(await screen.findByRole("heading", { name: "Deny carla@example.org?" })).toBeVisible();
  });

  it("leaves the keys alone for those who didn't switch them on", async () => {
    const calls = startQueue([approval()]);
    draw();
    await heading("bert@example.org");
    await userEvent.keyboard("a");
    expect(posts(calls)).toEqual([]);
    await userEvent.click(screen.getByRole("checkbox", { name: "Keys" }));
    await userEvent.keyboard("a");
    expect(await screen.findByText("Nothing waits")).toBeVisible();
    expect(posts(calls)).toEqual(["approvals/case-1/approve"]);
  });

  it("keeps the case under the moderator's finger when someone else decides it, says so and offers the next", async () => {
    switchKeysOn();
    let waiting = [approval(), second];
    const calls = startQueue([approval(), second], {
      "GET approvals": () => ({ body: approvalPage(waiting) }),
      "GET approvals/case-1": () => ({ body: approval({ status: "granted", obstacle: "approval_settled" }) }),
    });
    draw();
    await heading("bert@example.org");
    waiting = [second];
    look();
    expect(await screen.findByText("This case has been decided meanwhile.")).toBeVisible();
    await heading("bert@example.org");
    expect(screen.queryByRole("button", { name: "Approve" })).toBeNull();
    await userEvent.keyboard("a");
    expect(posts(calls)).toEqual([]);
    await userEvent.click(screen.getByRole("button", { name: "Next case" }));
    await heading("carla@example.org");
  });

  it("doesn't take a moderator away who went on to another case while a decision was on its way", async () => {
    const third = approval({ id: "case-3", contact: "dora@example.org", inviteId: "three" });
    let answer: () => void = () => undefined;
    startQueue([approval(), second, third], {
      "POST approvals/case-1/approve": () => new Promise((resolve) => (answer = () => resolve({ body: approval({ status: "granted" }) }))),
    });
    draw("/?case=case-1");
    await userEvent.click(await screen.findByRole("button", { name: "Approve" }));
    await userEvent.click(screen.getByRole("button", { name: /^dora@example.org/ }));
    answer();
    expect(await screen.findByText("bert@example.org is approved.")).toBeVisible();
    await heading("dora@example.org");
  });

  it("goes on at the next case's heading after a decision, and at the end at the word that nothing waits", async () => {
    startQueue([approval(), second]);
    draw();
    await userEvent.click(await screen.findByRole("button", { name: "Approve" }));
    await expect.poll(() => document.activeElement).toBe(await heading("carla@example.org"));
    await userEvent.click(screen.getByRole("button", { name: "Approve" }));
    await expect.poll(() => document.activeElement).toBe(await heading("Nothing waits"));
  });

  it("keeps showing a case that can't be asked for right now", async () => {
    let isAway = false;
    startQueue([], {
      "GET approvals/case-1": () => (isAway ? refuse(503, "companion_unavailable") : { body: approval() }),
    });
    draw("/?case=case-1");
    await heading("bert@example.org");
    isAway = true;
    look();
    expect(await screen.findByText(/not possible right now/)).toBeVisible();
    await heading("bert@example.org");
  });

  it("approves several, and says for each what became of it", async () => {
    const calls = startQueue([approval(), second], { "POST approvals/case-2/approve": () => refuse(409, "approval_settled") });
    draw();
    await userEvent.click(await screen.findByRole("checkbox", { name: "Select bert@example.org" }));
    await userEvent.click(screen.getByRole("checkbox", { name: "Select carla@example.org" }));
    await userEvent.click(screen.getByRole("button", { name: "Approve 2" }));
    expect(await screen.findByText("1 of 2 approved", { exact: false })).toBeVisible();
    expect(screen.getByText("bert@example.org: approved")).toBeVisible();
    expect(screen.getByText("carla@example.org: This was decided already.")).toBeVisible();
    expect(posts(calls)).toEqual(["approvals/case-1/approve", "approvals/case-2/approve"]);
  });

  it("says why one can't decide, in place of the buttons", async () => {
    const hold = { by: { account: "mia", name: "Mia Mond" }, until: "2026-11-20T12:00:00Z" };
    startQueue([approval({ obstacle: "approval_taken", takenBy: hold })]);
    draw();
    expect(await screen.findByText("Someone else is working on this.")).toBeVisible();
    expect(screen.getByText(/Mia Mond has it until/)).toBeVisible();
    expect(screen.queryByRole("button", { name: "Approve" })).toBeNull();
    expect(screen.getByRole("checkbox", { name: "Select bert@example.org" })).toBeDisabled();
  });

  it("takes a case and gives it back", async () => {
    const taken = approval({ takenBy: { by: { account: me.id, name: null }, until: "2026-11-20T12:00:00Z" } });
    let isTaken = false;
    const calls = startServer({
      ...moritz,
      "GET approvals": () => ({ body: approvalPage([isTaken ? taken : approval()]) }),
      "POST approvals/case-1/take": () => ((isTaken = true), { body: taken }),
      "POST approvals/case-1/drop": () => ((isTaken = false), { body: approval() }),
    });
    draw();
    await userEvent.click(await screen.findByRole("button", { name: "Take" }));
    await userEvent.click(await screen.findByRole("button", { name: "Give back" }));
    expect(await screen.findByRole("button", { name: "Take" })).toBeVisible();
    expect(posts(calls)).toEqual(["approvals/case-1/take", "approvals/case-1/drop"]);
  });

  it("says when nothing waits", async () => {
    startQueue([]);
    draw();
    expect(await screen.findByText("Nothing waits")).toBeVisible();
    expect(screen.getByText(/Last decision:/)).toBeVisible();
  });

  it("shows what was decided", async () => {
    const calls = startServer({
      ...moritz,
      "GET approvals": ({ query }) => ({
        body: approvalPage(query.has("decided") ? [approval({ status: "refused", obstacle: "approval_settled" })] : []),
      }),
    });
    draw();
    await userEvent.click(await screen.findByRole("tab", { name: "Decided" }));
    await heading("bert@example.org");
    expect(screen.getAllByText("Denied")[0]).toBeVisible();
    expect(calls.some(({ query }) => query.get("decided") === "true")).toBe(true);
  });

  it("shows the case in the address, also when somebody else decides it meanwhile", async () => {
    const calls = startQueue([second], {
      "GET approvals/case-1": () => ({ body: approval({ status: "granted", obstacle: "approval_settled" }), etag: '"1"' }),
    });
    draw("/?case=case-1");
    await heading("bert@example.org");
    expect(screen.getAllByText("Approved")[0]).toBeVisible();
    expect(calls.some(({ path }) => path === "approvals/case-1")).toBe(true);
  });
});

import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { readPages } from "../../parts/usePages";
import { renderPage } from "../../test/render";
import { invite, plainOptions } from "../../test/samples";
import { refuse, startServer } from "../../test/server";
import { InvitationsPage } from "./InvitationsPage";

const options = { "GET invite-options": () => ({ body: plainOptions }) };
const one = { "GET invites": () => ({ body: { invites: [invite()], next: null }, etag: '"1"' }) };

async function act(action: string) {
  await userEvent.click(await screen.findByRole("button", { name: "Actions for bert@example.org" }));
  await userEvent.click(await screen.findByRole("menuitem", { name: action }));
}

describe("the invitations page", () => {
  it("shows whom, to what, state and when, and what is left", async () => {
    startServer({ ...options, ...one });
    renderPage(<InvitationsPage />);
    const row = (await screen.findByText("bert@example.org")).closest("tr")!;
    expect(within(row).getByText("Harbour Crew · members")).toBeVisible();
    expect(within(row).getByText("Sent")).toBeVisible();
    expect(within(row).getAllByText(/ago|now|in \d/)[0]).toHaveAttribute("datetime");
    expect(await screen.findByText(/7 of 10 open invitations left/)).toBeVisible();
  });

  it("offers what the invitation allows and nothing else", async () => {
    startServer({ ...options, ...one });
    renderPage(<InvitationsPage />);
    await userEvent.click(await screen.findByRole("button", { name: "Actions for bert@example.org" }));
    expect(screen.getAllByRole("menuitem").map(({ textContent }) => textContent)).toEqual(["Send again", "Copy a link", "Withdraw"]);
  });

  it("asks before an invitation is withdrawn, then shows it so", async () => {
    const calls = startServer({
      ...options,
      "GET invites": () => ({ body: { invites: [calls.some(({ method }) => method === "POST") ? withdrawn : invite()], next: null } }),
      "POST invites/one/revoke": () => ({ body: withdrawn }),
    });
    const withdrawn = invite({ status: "revoked", canRevoke: false });
    renderPage(<InvitationsPage />);
    await act("Withdraw");
    expect(calls.filter(({ method }) => method === "POST")).toEqual([]);
    await userEvent.click(within(await screen.findByRole("dialog")).getByRole("button", { name: "Withdraw" }));
    expect(await screen.findByText("Withdrawn")).toBeVisible();
    expect(calls.find(({ method }) => method === "POST")?.headers.get("Idempotency-Key")).toMatch(/^[0-9a-f]{32}$/);
  });

  it("has the cursor on the row again after something was done with it", async () => {
    const still = invite({ status: "revoked", canResend: false, canCopyLink: false, canRevoke: false });
    const calls = startServer({
      ...options,
      "GET invites": () => ({
        body: { invites: [calls.some(({ path }) => path.endsWith("revoke")) ? still : invite()], next: null },
      }),
      "POST invites/one/resend": () => ({ body: invite() }),
      "POST invites/one/revoke": () => ({ body: still }),
    });
    renderPage(<InvitationsPage />);
    await act("Send again");
    await expect.poll(() => document.activeElement).toBe(screen.getByRole("button", { name: "Actions for bert@example.org" }));
    await act("Withdraw");
    await userEvent.click(within(await screen.findByRole("dialog")).getByRole("button", { name: "Keep it" }));
    await expect.poll(() => document.activeElement).toBe(screen.getByRole("button", { name: "Actions for bert@example.org" }));
    await act("Withdraw");
    await userEvent.click(within(await screen.findByRole("dialog")).getByRole("button", { name: "Withdraw" }));
    await expect.poll(() => document.activeElement).toBe(screen.getByRole("cell", { name: "bert@example.org" }));
  });

  it("shows a link once, with a warning", async () => {
    const calls = startServer({
      ...options,
      ...one,
      "POST invites/one/link": () => ({ body: { url: "https://join.example.org/i#secret", expiresAt: "2026-12-04T10:00:00Z" } }),
    });
    renderPage(<InvitationsPage />);
    await act("Copy a link");
    const dialog = await screen.findByRole("dialog");
    expect(await within(dialog).findByDisplayValue("https://join.example.org/i#secret")).toBeVisible();
    expect(within(dialog).getByText(/shown once/)).toBeVisible();
    expect(calls.filter(({ path }) => path.endsWith("/link"))).toHaveLength(1);
  });

  it("says in words why an action was refused", async () => {
    startServer({ ...options, ...one, "POST invites/one/resend": () => refuse(409, "invite_redeemed") });
    renderPage(<InvitationsPage />);
    await act("Send again");
    expect(await screen.findByText("This invitation has already been used.")).toBeVisible();
  });

  it("lets the inviter answer what a moderator asks", async () => {
    const calls = startServer({
      ...options,
      "GET invites": () => ({ body: { invites: [calls.some(({ method }) => method === "POST") ? answered : asked], next: null } }),
      "POST invites/one/answer": () => ({ body: answered }),
    });
    const answered = invite({ status: "awaiting_approval" });
    const asked = invite({ status: "awaiting_approval", question: "Where did you meet?" });
    renderPage(<InvitationsPage />);
    expect(await screen.findByText(/Where did you meet\?/)).toBeVisible();
    await act("Answer");
    const dialog = await screen.findByRole("dialog");
    await userEvent.click(within(dialog).getByRole("button", { name: "Send the answer" }));
    expect(within(dialog).getByText("Write something first.")).toBeVisible();
    await userEvent.type(within(dialog).getByRole("textbox", { name: /Your answer/ }), "At the boat fair");
    await userEvent.click(within(dialog).getByRole("button", { name: "Send the answer" }));
    await expect.poll(() => screen.queryByText(/Where did you meet\?/)).toBeNull();
    expect(calls.find(({ method }) => method === "POST")?.body).toEqual({ note: "At the boat fair" });
  });

  it("keeps an answer that could not be sent", async () => {
    startServer({
      ...options,
      "GET invites": () => ({ body: { invites: [invite({ question: "Where did you meet?" })], next: null } }),
      "POST invites/one/answer": () => refuse(503, "companion_unavailable"),
    });
    renderPage(<InvitationsPage />);
    await act("Answer");
    await userEvent.type(within(await screen.findByRole("dialog")).getByRole("textbox", { name: /Your answer/ }), "At the boat fair");
    await userEvent.click(within(screen.getByRole("dialog")).getByRole("button", { name: "Send the answer" }));
    expect(await screen.findByText(/not possible right now/)).toBeVisible();
    await act("Answer");
    expect(within(await screen.findByRole("dialog")).getByRole("textbox", { name: /Your answer/ })).toHaveValue("At the boat fair");
  });

  it("helps somebody who invited nobody yet", async () => {
    startServer({ ...options, "GET invites": () => ({ body: { invites: [], next: null } }) });
    renderPage(<InvitationsPage />);
    expect(await screen.findByText("You haven't invited anyone yet")).toBeVisible();
  });

  it("filters by state and by address", async () => {
    const calls = startServer({ ...options, ...one });
    renderPage(<InvitationsPage />);
    await userEvent.type(screen.getByRole("textbox", { name: "Search by address" }), "bert");
    await userEvent.click(screen.getByRole("button", { name: "State: All states" }));
    await userEvent.click(await screen.findByRole("option", { name: "Opened" }));
    await screen.findByText("bert@example.org");
    await expect.poll(() => calls.at(-2)?.query.get("search") ?? calls.at(-1)?.query.get("search")).toBe("bert");
    expect(calls.some(({ query }) => query.get("status") === "opened")).toBe(true);
  });

  it("reads on by the cursor, and says when there is no answer", async () => {
    startServer({
      ...options,
      "GET invites": ({ query }) =>
        query.get("cursor") === "c1"
          ? { body: { invites: [invite({ id: "two", contact: "carla@example.org" })], next: null } }
          : { body: { invites: [invite()], next: "c1" } },
    });
    renderPage(<InvitationsPage />);
    await userEvent.click(await screen.findByRole("button", { name: "Show more" }));
    expect(await screen.findByText("carla@example.org")).toBeVisible();
    expect(screen.getByText("bert@example.org")).toBeVisible();
  });
});

describe("reading pages again", () => {
  it("asks for an unchanged page by its tag, and for one behind a moved cursor anew", async () => {
    const page = (id: string, next: string | null) => ({ value: { invites: [invite({ id })], next }, etag: `"${id}"` });
    const known = [
      { cursor: undefined, ...page("a", "old") },
      { cursor: "old", ...page("b", null) },
    ];
    const asked: (string | null | undefined)[][] = [];
    const pages = await readPages(
      (cursor, etag) => {
        asked.push([cursor, etag]);
        return Promise.resolve(cursor ? page("c", null) : page("a2", "new"));
      },
      known,
      2,
    );
    expect(asked).toEqual([
      [undefined, '"a"'],
      ["new", null],
    ]);
    expect(pages.map(({ value }) => value.invites[0]?.id)).toEqual(["a2", "c"]);
  });
});

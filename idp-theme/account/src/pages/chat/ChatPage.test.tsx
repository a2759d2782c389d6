import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import type { MatrixConnection, PendingCode } from "../../api/types";
import { renderPage } from "../../test/render";
import { refuse, startServer } from "../../test/server";
import { ChatPage } from "./ChatPage";
import { isMatrixId } from "./matrixId";

const path = "me/matrix-connection";
const alice = "@alice:example.org";
const nothing: MatrixConnection = { matrixId: null, pending: null };
const patient = { timeout: 30_000 };

const failureOf = (status: PendingCode["status"]) => (status === "undeliverable" ? "matrix_unreachable" : null);

const pending = (status: PendingCode["status"], minutesLeft = 10): PendingCode => ({
  matrixId: alice,
  status,
  failure: failureOf(status),
  expiresAt: new Date(Date.now() + minutesLeft * 60_000).toISOString(),
});

/** Takes 12345678 for the right code of every account; the bot is done with sending at the second look. */
function startChat(known: MatrixConnection, bot: PendingCode["status"] = "sent", more: Parameters<typeof startServer>[0] = {}) {
  let connection = known;
  let looks = 0;
  return startServer({
    [`GET ${path}`]: () => {
      if (connection.pending?.status === "requested" && ++looks === 2) {
        connection = { ...connection, pending: { ...connection.pending, status: bot, failure: failureOf(bot) } };
      }
      return { body: connection };
    },
    [`POST ${path}`]: ({ body }) => {
      const { matrixId, code } = body as { matrixId: string; code?: string };
      if (code !== undefined && code !== "12345678") {
        return refuse(422, code === "99999999" ? "code_expired" : "code_wrong", { field: "code" });
      }
      looks = 0;
      connection = code ? { matrixId, pending: null } : { ...connection, pending: { ...pending("requested"), matrixId } };
      return { status: code ? 200 : 202, body: connection };
    },
    [`DELETE ${path}`]: () => {
      connection = nothing;
      return { status: 204 };
    },
    ...more,
  });
}

const posted = (calls: ReturnType<typeof startServer>) => calls.filter(({ method }) => method === "POST").map(({ body }) => body);
const idField = () => screen.findByRole("textbox", { name: "Your Matrix id" });
const codeField = () => screen.findByRole("textbox", { name: "Code" }, patient);
const button = (name: string) => screen.findByRole("button", { name });

describe("the page that connects a chat account", () => {
  it("goes from the id by the code, which the bot sends in its own time, to the connection", async () => {
    startChat(nothing);
    renderPage(<ChatPage />);
    const id = await idField();
    expect(id).toHaveFocus();
    await userEvent.type(id, `${alice}{Enter}`);
    expect(await screen.findByText(/bot sends a code to @alice:example.org/)).toHaveFocus();
    const code = await codeField();
    expect(code).toHaveFocus();
    await userEvent.type(code, "00000000{Enter}");
    expect(await screen.findByText("This isn't the code that was sent. Look again.")).toBeVisible();
    expect(code).toHaveAccessibleDescription("This isn't the code that was sent. Look again.");
    await userEvent.clear(code);
    await userEvent.type(code, " 1234 5678{Enter}");
    expect(await screen.findByText("@alice:example.org is connected")).toBeVisible();
  });

  it("asks for the code only for what can be an id", async () => {
    const calls = startChat(nothing);
    renderPage(<ChatPage />);
    await userEvent.type(await idField(), "alice{Enter}");
    expect(await screen.findByText(/doesn't look like a Matrix id/)).toBeVisible();
    expect(posted(calls)).toEqual([]);
  });

  it("says that the bot doesn't reach an account, and keeps its id for another try", async () => {
    const calls = startChat(nothing, "undeliverable");
    renderPage(<ChatPage />);
    await userEvent.type(await idField(), `${alice}{Enter}`);
    expect(await screen.findByText("This account can't be reached from here. Check the id.", {}, patient)).toBeVisible();
    expect(await idField()).toHaveValue(alice);
    expect(await idField()).toHaveFocus();
    await userEvent.keyboard("{Enter}");
    expect(await screen.findByText(/bot sends a code/)).toBeVisible();
    expect(posted(calls)).toEqual([{ matrixId: alice }, { matrixId: alice }]);
  });

  it("says after a reload, too, which account the bot doesn't reach", async () => {
    startChat({ matrixId: null, pending: pending("undeliverable") });
    renderPage(<ChatPage />);
    expect(await idField()).toHaveValue(alice);
    expect(await idField()).toHaveAccessibleDescription("This account can't be reached from here. Check the id.");
  });

  it("goes on after a reload at the code that was sent", async () => {
    const calls = startChat({ matrixId: null, pending: pending("sent") });
    renderPage(<ChatPage />);
    await userEvent.type(await codeField(), "12345678{Enter}");
    expect(await screen.findByText("@alice:example.org is connected")).toBeVisible();
    expect(posted(calls)).toEqual([{ matrixId: alice, code: "12345678" }]);
  });

  it("goes on after a reload with the id where the code has ended", async () => {
    startChat({ matrixId: null, pending: pending("sent", -1) });
    renderPage(<ChatPage />);
    expect(await idField()).toHaveValue(alice);
    expect(screen.queryByRole("textbox", { name: "Code" })).toBeNull();
  });

  it("sends a new code for the same id by one click when a code has ended", async () => {
    const calls = startChat({ matrixId: null, pending: pending("sent") });
    renderPage(<ChatPage />);
    await userEvent.type(await codeField(), "99999999{Enter}");
    expect(await screen.findByText("This code has ended. Ask for a new one.")).toBeVisible();
    await userEvent.click(await button("Send a new code"));
    expect(await screen.findByText(/bot sends a code to @alice:example.org/)).toBeVisible();
    expect(posted(calls).at(-1)).toEqual({ matrixId: alice });
    expect(await codeField()).toHaveValue("");
  });

  it("says that codes were asked for too often", async () => {
    startChat(nothing, "sent", { [`POST ${path}`]: () => refuse(429, "code_limit", { field: "matrixId" }) });
    renderPage(<ChatPage />);
    await userEvent.type(await idField(), `${alice}{Enter}`);
    expect(await screen.findByText("Several codes were asked for already. Wait a while, then ask again.")).toBeVisible();
    expect(await idField()).toHaveValue(alice);
  });

  it("says which account is connected, and disconnects it", async () => {
    const calls = startChat({ matrixId: alice, pending: null });
    renderPage(<ChatPage />);
    expect(await screen.findByText("@alice:example.org is connected")).toBeVisible();
    await userEvent.click(await button("Disconnect"));
    expect(await idField()).toHaveFocus();
    expect(screen.queryByRole("button", { name: "Cancel" })).toBeNull();
    expect(calls.filter(({ method }) => method === "DELETE")).toHaveLength(1);
  });

  it("says that an account could not be disconnected", async () => {
    startChat({ matrixId: alice, pending: null }, "sent", { [`DELETE ${path}`]: () => refuse(503, "companion_unavailable") });
    renderPage(<ChatPage />);
    await userEvent.click(await button("Disconnect"));
    expect(await screen.findByText("This is not possible right now. Try again in a moment.")).toBeVisible();
    expect(screen.getByText("@alice:example.org is connected")).toBeVisible();
  });

  it("connects another account by the keyboard alone, and keeps the first until its code is right", async () => {
    startChat({ matrixId: alice, pending: null });
    renderPage(<ChatPage />);
    await button("Use another account");
    await userEvent.tab();
    expect(screen.getByRole("link", { name: "Invite people" })).toHaveFocus();
    await userEvent.tab();
    await userEvent.keyboard("{Enter}");
    expect(await idField()).toHaveFocus();
    await userEvent.keyboard("@bert:example.org{Enter}");
    await codeField();
    await userEvent.tab();
    expect(await button("Send a new code")).toHaveFocus();
    await userEvent.tab();
    await userEvent.tab();
    expect(await button("Cancel")).toHaveFocus();
    await userEvent.keyboard("{Enter}");
    expect(await screen.findByText("@alice:example.org is connected")).toBeVisible();
  });

  it("has nothing but the account for somebody whose other code has ended", async () => {
    startChat({ matrixId: "@bert:example.org", pending: pending("sent", -1) });
    renderPage(<ChatPage />);
    expect(await screen.findByText("@bert:example.org is connected")).toBeVisible();
  });

  it("says that the companion is away, and asks it again", async () => {
    let isAway = true;
    startChat(nothing, "sent", {
      [`GET ${path}`]: () => (isAway ? refuse(503, "companion_unavailable") : { body: nothing }),
    });
    renderPage(<ChatPage />);
    const retry = await button("Try again");
    isAway = false;
    await userEvent.click(retry);
    expect(await idField()).toBeVisible();
  });

  it.each([
    ["@alice:example.org", true],
    ["@alice:localhost:8448", true],
    ["@a=b/c:[2001:db8::1]", true],
    ["alice:example.org", false],
    ["@alice", false],
    ["@al ice:example.org", false],
  ])("takes %s for an id: %s", (text, expected) => {
    expect(isMatrixId(text)).toBe(expected);
  });
});

import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { renderPage } from "../../test/render";
import { refuse, startServer } from "../../test/server";
import { ChatPage } from "./ChatPage";
import { isMatrixId } from "./matrixId";

const connection = {
  "POST me/matrix-connection": ({ body }: { body: unknown }) => {
    const { matrixId, code } = body as { matrixId: string; code?: string };
    if (!code) {
      return { status: 202, body: { expiresAt: "2026-12-04T10:00:00Z" } };
    }
    return code === "123456" ? { body: { matrixId } } : refuse(422, "code_wrong", { field: "code" });
  },
};

describe("the page that connects a chat account", () => {
  it("goes from the id by the bot's code to the connection", async () => {
    startServer(connection);
    renderPage(<ChatPage />);
    await userEvent.type(screen.getByRole("textbox"), "@alice:example.org{Enter}");
    const code = await screen.findByRole("textbox", { name: /Code/ });
    expect(code).toHaveFocus();
    await userEvent.type(code, "000000{Enter}");
    expect(await screen.findByText("This isn't the code that was sent. Look again.")).toBeVisible();
    await userEvent.clear(code);
    await userEvent.type(code, "123456{Enter}");
    expect(await screen.findByText("@alice:example.org is connected")).toBeVisible();
  });

  it("asks for the code only for what can be an id", async () => {
    const calls = startServer(connection);
    renderPage(<ChatPage />);
    await userEvent.type(screen.getByRole("textbox"), "alice{Enter}");
    expect(await screen.findByText(/doesn't look like a Matrix id/)).toBeVisible();
    expect(calls).toEqual([]);
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

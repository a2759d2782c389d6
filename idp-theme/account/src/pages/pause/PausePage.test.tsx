import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import type { PauseAnswer } from "../../api/types";
import { renderPage } from "../../test/render";
import { startServer } from "../../test/server";
import { PausePage } from "./PausePage";

const off: PauseAnswer = { paused: false, text: null, since: null, by: null };
const on: PauseAnswer = { paused: true, text: "A raid.", since: "2026-11-20T10:00:00Z", by: { account: "mia", name: "Mia Mond" } };

function startPause(state: PauseAnswer) {
  return startServer({
    "GET pause": () => ({ body: state }),
    "POST pause": ({ body }) => {
      state = (body as PauseAnswer).paused ? { ...on, ...(body as PauseAnswer) } : off;
      return { status: 204 };
    },
  });
}
const posts = (calls: ReturnType<typeof startServer>) => calls.filter(({ method }) => method === "POST").map(({ body }) => body);

describe("the pause page", () => {
  it("pauses all inviting with a text, and asks before", async () => {
    const calls = startPause(off);
    renderPage(<PausePage />);
    expect(await screen.findByText("People can invite")).toBeVisible();
    await userEvent.type(screen.getByRole("textbox", { name: "Text for members" }), "Back on Friday.");
    await userEvent.click(screen.getByRole("button", { name: "Pause all inviting" }));
    expect(posts(calls)).toEqual([]);
    await userEvent.click(within(await screen.findByRole("dialog")).getByRole("button", { name: "Pause all inviting" }));
    expect(await screen.findByText(/Inviting is paused by Mia Mond/)).toBeVisible();
    expect(posts(calls)).toEqual([{ paused: true, text: "Back on Friday." }]);
  });

  it("keeps a text that is being written when the page is left", async () => {
    startPause(off);
    const first = renderPage(<PausePage />);
    await userEvent.type(await screen.findByRole("textbox"), "Back on Friday.");
    first.unmount();
    renderPage(<PausePage />);
    expect(await screen.findByRole("textbox")).toHaveValue("Back on Friday.");
  });

  it("lets people invite again, and changes the text", async () => {
    const calls = startPause(on);
    renderPage(<PausePage />);
    await userEvent.type(await screen.findByDisplayValue("A raid."), " Still.");
    await userEvent.click(screen.getByRole("button", { name: "Change the text" }));
    await expect.poll(() => posts(calls)).toEqual([{ paused: true, text: "A raid. Still." }]);
    await userEvent.click(screen.getByRole("button", { name: "Let people invite again" }));
    expect(await screen.findByText("People can invite")).toBeVisible();
    expect(posts(calls).at(-1)).toEqual({ paused: false, text: null });
  });
});

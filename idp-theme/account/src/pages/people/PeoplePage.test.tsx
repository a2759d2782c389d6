import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { renderPage } from "../../test/render";
import { treePerson } from "../../test/samples";
import { startServer } from "../../test/server";
import { PeoplePage } from "./PeoplePage";

const people = [
  treePerson(),
  treePerson({ account: "ben", name: "Ben Bauer", inviter: "anna", brought: 1, below: 1, standing: "bad", isFlagged: true }),
  treePerson({ account: "cleo", name: "Cleo Christ", inviter: "ben", brought: 0, below: 0, standing: "none", frozenAbove: "ben" }),
];
const start = (more = {}) => startServer({ "GET people": () => ({ body: { people, path: [], next: null, truncated: false } }), ...more });
const posts = (calls: ReturnType<typeof startServer>) =>
  calls.filter(({ method }) => method === "POST").map(({ path, body }) => [path, body]);

describe("the people page", () => {
  it("draws the tree, and says of everybody what the picture shows", async () => {
    start();
    renderPage(<PeoplePage />);
    const items = await screen.findAllByRole("treeitem");
    expect(items.map((item) => [item.getAttribute("aria-label"), item.getAttribute("aria-level")])).toEqual([
      ["Anna Anders, all in good order, 5 people below", "1"],
      ["Ben Bauer, most not in good order, 1 person below, flagged", "2"],
      ["Cleo Christ, brought nobody yet, 0 people below, may not invite", "3"],
    ]);
  });

  it("is walked through by the keyboard", async () => {
    start();
    renderPage(<PeoplePage />);
    const [anna, ben, cleo] = await screen.findAllByRole("treeitem");
    anna!.focus();
    await userEvent.keyboard("{ArrowRight}");
    expect(ben).toHaveFocus();
    await userEvent.keyboard("{ArrowDown}");
    expect(cleo).toHaveFocus();
    await userEvent.keyboard("{ArrowLeft}{Enter}");
    expect(await screen.findByRole("heading", { name: "Ben Bauer" })).toBeVisible();
  });

  it("opens a branch where it is, from whom it is asked for, and turns the page", async () => {
    const dora = treePerson({ account: "dora", name: "Dora Diehl", inviter: "cleo", brought: 0, below: 0 });
    const zoe = treePerson({ account: "zoe", name: "Zoe Zander", brought: 0, below: 0 });
    const closed = people.map((person) => (person.account === "cleo" ? { ...person, brought: 1, below: 1 } : person));
    const calls = start({
      "GET people": ({ query }: { query: URLSearchParams }) =>
        query.get("root") === "cleo"
          ? { body: { people: [closed[2], dora], path: [], next: null, truncated: false } }
          : query.get("cursor") === "further"
            ? { body: { people: [zoe], path: [], next: null, truncated: false } }
            : { body: { people: closed, path: [], next: "further", truncated: true } },
    });
    renderPage(<PeoplePage />);
    const cleo = (await screen.findAllByRole("treeitem"))[2]!;
    expect(cleo).toHaveAttribute("aria-expanded", "false");
    expect(cleo).toHaveTextContent("+1");
    cleo.focus();
    await userEvent.keyboard("{ArrowRight}");
    expect(await screen.findByRole("treeitem", { name: /Dora Diehl/ })).toHaveAttribute("aria-level", "4");
    await userEvent.click(screen.getByRole("button", { name: "Show more" }));
    expect(await screen.findByRole("treeitem", { name: /Zoe Zander/ })).toHaveAttribute("aria-level", "1");
    expect(screen.queryByRole("button", { name: "Show more" })).toBeNull();
    expect(calls.filter(({ query }) => query.has("root")).every(({ query }) => query.get("root") === "cleo")).toBe(true);
  });

  it("stops a branch's invitations, with a reason", async () => {
    const calls = start({ "POST people/ben/freeze": () => ({ status: 204 }) });
    renderPage(<PeoplePage />, "/?root=ben");
    await userEvent.click(await screen.findByRole("button", { name: "Stop inviting" }));
    const dialog = within(await screen.findByRole("dialog"));
    await userEvent.click(dialog.getByRole("button", { name: "Stop inviting" }));
    expect(dialog.getByText(/Say why/)).toBeVisible();
    expect(posts(calls)).toEqual([]);
    await userEvent.type(dialog.getByRole("textbox"), "Spam");
    await userEvent.click(dialog.getByRole("checkbox", { name: "Also by the 1 person below" }));
    await userEvent.click(dialog.getByRole("button", { name: "Stop inviting" }));
    await expect.poll(() => posts(calls)).toEqual([["people/ben/freeze", { below: true, reason: "Spam" }]]);
  });

  it("withdraws what is open in a branch, and takes a flag off", async () => {
    const calls = start({
      "POST people/ben/revoke-pending": () => ({ body: { revoked: 3 } }),
      "POST people/ben/unflag": () => ({ status: 204 }),
    });
    renderPage(<PeoplePage />, "/?root=ben");
    await userEvent.click(await screen.findByRole("button", { name: "Take the flag off" }));
    await expect.poll(() => posts(calls)).toEqual([["people/ben/unflag", null]]);
    await userEvent.click(await screen.findByRole("button", { name: "Withdraw what is open" }));
    await userEvent.click(within(await screen.findByRole("dialog")).getByRole("button", { name: "Withdraw" }));
    await expect.poll(() => posts(calls).at(-1)).toEqual(["people/ben/revoke-pending", { below: true }]);
  });

  it("lists everybody below for review: who, when, by whom, and how they turned out", async () => {
    const calls = start();
    renderPage(<PeoplePage />, "/?root=anna");
    await userEvent.click(await screen.findByRole("button", { name: "List everybody below for review" }));
    const row = (await screen.findByRole("button", { name: "Cleo Christ" })).closest("tr")!;
    expect(within(row).getByText("Ben Bauer")).toBeVisible();
    expect(within(row).getByText("brought nobody yet")).toBeVisible();
    expect(within(row).getByText(/ago/)).toBeVisible();
    expect(calls.at(-1)?.query.get("root")).toBe("anna");
  });
});

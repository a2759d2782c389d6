import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { renderPage } from "../../test/render";
import { funnel } from "../../test/samples";
import { startServer } from "../../test/server";
import { FunnelPage } from "./FunnelPage";

describe("the funnel page", () => {
  it("says what steps take, how many needed nobody, and what that saved", async () => {
    const calls = startServer({ "GET funnel": () => ({ body: funnel }) });
    renderPage(<FunnelPage />);
    for (const text of ["87%", "24 seconds", "5.2 hours", "1.5 hours", "2.5 minutes", "–"]) {
      expect(await screen.findByText(text)).toBeVisible();
    }
    expect(calls[0]?.query.get("weeks")).toBe("12");
  });

  it("has the plot's numbers in a table, the newest week first", async () => {
    startServer({ "GET funnel": () => ({ body: funnel }) });
    renderPage(<FunnelPage />);
    expect(await screen.findByRole("img", { name: /How far the invitations/ })).toBeVisible();
    await userEvent.click(screen.getByRole("button", { name: "The numbers as a table" }));
    const [, first] = within(screen.getByRole("grid", { name: "By week of the invitation" })).getAllByRole("row");
    expect(
      within(first!)
        .getAllByRole("cell")
        .map(({ textContent }) => textContent),
    ).toEqual(["Nov 16", "26", "25", "18", "12", "11", "8"]);
  });
});

import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { routesOf } from "../router";
import { renderRoutes } from "../test/render";
import { me, plainOptions } from "../test/samples";
import { refuse, startServer } from "../test/server";

// A page without a width counts as narrow: its navigation is folded away.
const draw = (address: string) => renderRoutes(routesOf(true), address);

const start = () =>
  startServer({
    "GET me": () => ({ body: { ...me, isModerator: true } }),
    "GET welcome": () => refuse(404, "not_found"),
    "GET invites": () => ({ body: { invites: [], next: null } }),
    "GET invite-options": () => ({ body: plainOptions }),
    "GET funnel": () => ({ body: { weeks: null } }),
  });

describe("the frame of every page", () => {
  it("names the page in the title, and takes the keyboard to the page that somebody went to", async () => {
    start();
    draw("/invitations");
    const link = await screen.findByRole("link", { name: "Pause", hidden: true });
    expect(document.title).toMatch(/^Invitations/);
    expect(document.body).toHaveFocus();
    startServer({ "GET pause": () => ({ body: { paused: false, text: null, since: null, by: null } }) });
    await userEvent.click(link);
    await expect.poll(() => document.title).toMatch(/^Pause/);
    expect(screen.getByRole("main", { name: "Pause" })).toHaveFocus();
  });

  it("stays around an address that has no page", async () => {
    start();
    draw("/moderation/nonsense");
    expect(await screen.findByRole("heading", { name: "There is no such page" })).toBeVisible();
    expect(await screen.findByRole("link", { name: "Invitations", hidden: true })).toBeInTheDocument();
    expect(document.title).toMatch(/^There is no such page/);
  });

  it("stays around a page that fails, and the failure goes to the browser's console", async () => {
    const told = vi.spyOn(console, "error").mockImplementation(() => undefined);
    start();
    draw("/moderation/funnel");
    expect(await screen.findByRole("heading", { name: "This page can't be shown" })).toBeVisible();
    expect(screen.getByRole("link", { name: "Invitations", hidden: true })).toBeInTheDocument();
    expect(told).toHaveBeenCalled();
  });
});

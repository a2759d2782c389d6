import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { renderPage } from "../test/render";
import { me, welcome } from "../test/samples";
import { refuse, startServer } from "../test/server";
import { Navigation } from "./Navigation";
import { StandingProvider } from "./Standing";

const draw = () =>
  renderPage(
    <StandingProvider>
      <Navigation />
    </StandingProvider>,
  );

describe("the navigation", () => {
  it("has the community's pages for a newcomer who may invite", async () => {
    startServer({ "GET me": () => ({ body: me }), "GET welcome": () => ({ body: welcome }) });
    draw();
    expect(await screen.findByRole("link", { name: "Welcome" })).toHaveAttribute("href", "/welcome");
    expect(await screen.findByRole("link", { name: "Invite people" })).toHaveAttribute("href", "/invite");
  });

  it("has the moderators' pages for moderators alone", async () => {
    startServer({ "GET me": () => ({ body: { ...me, isModerator: true } }), "GET welcome": () => refuse(404, "not_found") });
    draw();
    expect(await screen.findByRole("link", { name: "Approvals" })).toHaveAttribute("href", "/moderation/approvals");
    expect(screen.getByRole("link", { name: "Timeline" })).toHaveAttribute("href", "/moderation/timeline");
  });

  it("says that the companion is away, and has its pages as soon as it is back", async () => {
    let isAway = true;
    const away = () => refuse(503, "companion_unavailable");
    startServer({
      "GET me": () => (isAway ? away() : { body: { ...me, isModerator: true } }),
      "GET welcome": () => (isAway ? away() : { body: welcome }),
    });
    draw();
    expect(await screen.findByText(/community's pages can't be loaded/)).toBeVisible();
    isAway = false;
    document.dispatchEvent(new Event("visibilitychange"));
    expect(await screen.findByRole("link", { name: "Approvals" })).toBeVisible();
    expect(await screen.findByRole("link", { name: "Welcome" })).toBeVisible();
    expect(screen.getByRole("link", { name: "Invitations" })).toBeVisible();
    expect(screen.queryByText(/community's pages can't be loaded/)).toBeNull();
  });

  it("asks the companion again when somebody wants it", async () => {
    let isAway = true;
    startServer({
      "GET me": () => (isAway ? refuse(503, "companion_unavailable") : { body: me }),
      "GET welcome": () => refuse(404, "not_found"),
    });
    draw();
    const retry = await screen.findByRole("button", { name: "Try again" });
    isAway = false;
    await userEvent.click(retry);
    expect(await screen.findByRole("link", { name: "Invite people" })).toBeVisible();
  });

  it("has only Keycloak's pages for somebody with neither", async () => {
    const calls = startServer({ "GET me": () => ({ body: { ...me, canInvite: false } }), "GET welcome": () => refuse(404, "not_found") });
    draw();
    await expect.poll(() => calls.length).toBe(2);
    expect(screen.queryByRole("link", { name: "Welcome" })).toBeNull();
    expect(screen.queryByRole("link", { name: "Invitations" })).toBeNull();
    expect(screen.queryByRole("link", { name: "Approvals" })).toBeNull();
    expect(screen.getByRole("link", { name: "personalInfo" })).toBeVisible();
  });
});

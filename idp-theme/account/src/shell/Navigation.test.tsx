import { screen } from "@testing-library/react";
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

  it("has only Keycloak's pages for somebody with neither, or while the companion is away", async () => {
    const calls = startServer({ "GET me": () => ({ body: { ...me, canInvite: false } }), "GET welcome": () => refuse(404, "not_found") });
    draw();
    await expect.poll(() => calls.length).toBe(2);
    expect(screen.queryByRole("link", { name: "Welcome" })).toBeNull();
    expect(screen.queryByRole("link", { name: "Invitations" })).toBeNull();
    expect(screen.queryByRole("link", { name: "Approvals" })).toBeNull();
    expect(screen.getByRole("link", { name: "personalInfo" })).toBeVisible();
  });
});

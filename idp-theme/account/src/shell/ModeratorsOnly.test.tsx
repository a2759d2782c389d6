import { screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { renderPage } from "../test/render";
import { me } from "../test/samples";
import { refuse, startServer } from "../test/server";
import { ModeratorsOnly } from "./ModeratorsOnly";
import { StandingProvider } from "./Standing";

const draw = () =>
  renderPage(
    <StandingProvider>
      <ModeratorsOnly />
    </StandingProvider>,
  );
const welcome = { "GET welcome": () => refuse(404, "not_found") };

describe("the moderators' pages", () => {
  it("say to others that they are the moderators'", async () => {
    startServer({ ...welcome, "GET me": () => ({ body: me }) });
    draw();
    expect(await screen.findByText("These pages are for moderators")).toBeVisible();
  });

  it("don't say so while nobody knows who it is", async () => {
    startServer({ ...welcome, "GET me": () => refuse(503, "companion_unavailable") });
    draw();
    expect(await screen.findByText(/not possible right now/)).toBeVisible();
    expect(screen.queryByText("These pages are for moderators")).toBeNull();
  });

  it("open for moderators", async () => {
    startServer({ ...welcome, "GET me": () => ({ body: { ...me, isModerator: true } }) });
    draw();
    await expect.poll(() => screen.queryByRole("heading")).toBeNull();
    expect(screen.queryByText("These pages are for moderators")).toBeNull();
  });
});

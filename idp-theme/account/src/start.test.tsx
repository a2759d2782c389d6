import { screen } from "@testing-library/react";
import type Keycloak from "keycloak-js";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { start } from "./start";
import { testEnvironment } from "./test/environment";

const keycloakThat = (init: () => Promise<boolean>) => ({ init, login: () => Promise.resolve() }) as unknown as Keycloak;
const german = { ...testEnvironment, locale: "de" };

beforeEach(() => {
  document.body.innerHTML = "<div id='app'></div>";
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  vi.stubGlobal("fetch", () => Promise.resolve(new Response("<html>", { status: 503 })));
});

describe("a console that can't start", () => {
  it("says so where Keycloak doesn't answer or doesn't let in, and offers to try again", async () => {
    await start(
      document.getElementById("app")!,
      testEnvironment,
      keycloakThat(() => Promise.reject(new Error("Timeout"))),
    );
    expect(await screen.findByRole("heading", { name: "This page can't be opened right now" })).toBeVisible();
    expect(screen.getByRole("button", { name: "Try again" })).toBeVisible();
    expect(console.error).toHaveBeenCalled();
  });

  it("says so in the person's language where there are no texts", async () => {
    await start(
      document.getElementById("app")!,
      german,
      keycloakThat(() => Promise.resolve(true)),
    );
    expect(await screen.findByRole("button", { name: "Noch einmal versuchen" })).toBeVisible();
  });
});

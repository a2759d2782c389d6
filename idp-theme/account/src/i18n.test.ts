import i18n from "i18next";
import { describe, expect, it, vi } from "vitest";
import { startI18n } from "./i18n";
import { testEnvironment } from "./test/environment";

/** A Keycloak that has these languages. */
function serve(texts: Record<string, string>) {
  const asked: string[] = [];
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  vi.stubGlobal("fetch", (url: string) => {
    asked.push(url);
    const text = texts[url.split("/").at(-1) ?? ""];
    return Promise.resolve(text ? Response.json([{ key: "signOut", value: text }]) : new Response("<html>", { status: 503 }));
  });
  return asked;
}

describe("the texts at the start", () => {
  it("are the person's language, and English where that has none", async () => {
    serve({ en: "Sign out", de: "Abmelden" });
    await startI18n({ ...testEnvironment, locale: "de" });
    expect(i18n.t("signOut")).toBe("Abmelden");
  });

  it("are English where the person's language can't be had", async () => {
    serve({ en: "Sign out" });
    await startI18n({ ...testEnvironment, locale: "de" });
    expect(i18n.t("signOut")).toBe("Sign out");
  });

  it("fail where there are none at all", async () => {
    serve({});
    await expect(startI18n({ ...testEnvironment, locale: "de" })).rejects.toThrow();
  });

  it("are asked for by the realm's name as an address writes it", async () => {
    const asked = serve({ en: "Sign out" });
    await startI18n({ ...testEnvironment, realm: "Harbour & crew" });
    expect(asked).toEqual(["https://id.test/resources/Harbour%20%26%20crew/account/en"]);
  });
});

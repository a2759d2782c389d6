import Keycloak from "keycloak-js";
import { describe, expect, it, vi } from "vitest";
import { keepSession } from "./session";

const jwt = (seconds: number) =>
  ["", btoa(JSON.stringify({ sub: "alice", iat: Date.now() / 1000, exp: Date.now() / 1000 + seconds })), ""].join(".");
const tokens = (seconds: number) => ({ access_token: jwt(seconds), refresh_token: jwt(1800), id_token: jwt(seconds) });

/** Keycloak's own client with tokens that are about to end, and a server that answers the next refresh so. */
async function signedIn(refresh: () => Promise<Response>) {
  vi.stubGlobal("fetch", () => Promise.resolve(Response.json(tokens(5))));
  const keycloak = new Keycloak({ url: "https://id.test", realm: "harbour", clientId: "account-console" });
  await keycloak.init({ onLoad: "login-required", checkLoginIframe: false, token: jwt(5), refreshToken: jwt(1800) });
  const login = vi.spyOn(keycloak, "login").mockResolvedValue();
  vi.stubGlobal("fetch", refresh);
  return { keycloak, login, session: keepSession(keycloak) };
}

const refused = () => Promise.resolve(Response.json({ error: "invalid_grant" }, { status: 400 }));

describe("the session", () => {
  it("hands out a token that lives long enough", async () => {
    const fresh = tokens(300);
    const { session } = await signedIn(() => Promise.resolve(Response.json(fresh)));
    expect(await session.token()).toBe(fresh.access_token);
    expect(session.isEnded()).toBe(false);
  });

  it.each([
    ["there is no answer", () => Promise.reject(new TypeError("Failed to fetch"))],
    ["the server is starting anew", () => Promise.resolve(new Response("<html>", { status: 503 }))],
  ])("goes on, and nobody leaves the page, when %s", async (_, refresh) => {
    const { session, login } = await signedIn(refresh);
    await expect(session.token()).rejects.toMatchObject({ code: "unreachable", isPassing: true });
    expect(session.isEnded()).toBe(false);
    expect(login).not.toHaveBeenCalled();
  });

  it("has ended when the server refuses to refresh it, and still nobody leaves the page", async () => {
    const { session, login } = await signedIn(refused);
    const told = vi.fn();
    session.subscribe(told);
    await expect(session.token()).rejects.toMatchObject({ code: "unauthenticated", isPassing: true });
    await expect(session.token()).rejects.toMatchObject({ code: "unauthenticated" });
    expect(session.isEnded()).toBe(true);
    expect(session.account).toBe("alice");
    expect(told).toHaveBeenCalledTimes(1);
    expect(login).not.toHaveBeenCalled();
  });

  it("leads to the sign-in page when the person wants it", async () => {
    const { session, login } = await signedIn(refused);
    session.signIn();
    expect(login).toHaveBeenCalledTimes(1);
  });

  it("lets Keycloak's own pages leave for what somebody asked for, and for nothing else", async () => {
    const { keycloak, login } = await signedIn(refused);
    await keycloak.login();
    expect(login).not.toHaveBeenCalled();
    await keycloak.login({ action: "UPDATE_PASSWORD" });
    expect(login).toHaveBeenCalledWith({ action: "UPDATE_PASSWORD" });
  });
});

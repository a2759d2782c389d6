import { describe, expect, it, vi } from "vitest";
import { refuse, startServer } from "../test/server";
import { adminOptions, invite } from "../test/samples";
import { createApi } from "./api";
import { Problem, toProblem } from "./Problem";

const api = createApi({ baseUrl: "https://companion.test", token: () => Promise.resolve("fresh") });

describe("the client", () => {
  it("adds the bearer token to every request", async () => {
    const calls = startServer({ "GET invite-options": () => ({ body: adminOptions }) });
    await api.inviteOptions({ search: "crew" });
    expect(calls[0]?.headers.get("Authorization")).toBe("Bearer fresh");
    expect(calls[0]?.query.get("search")).toBe("crew");
    expect(calls[0]?.query.has("cursor")).toBe(false);
  });

  it("asks conditionally and says when nothing changed", async () => {
    const calls = startServer({
      "GET invites": ({ headers }) =>
        headers.get("If-None-Match") === '"1"' ? { status: 304 } : { body: { invites: [invite()], next: null }, etag: '"1"' },
    });
    const first = await api.invitations({});
    expect(first).toMatchObject({ etag: '"1"' });
    expect(await api.invitations({}, '"1"')).toBe("unchanged");
    expect(calls[0]?.headers.has("If-None-Match")).toBe(false);
  });

  it("sends invitations under the key it is given", async () => {
    const calls = startServer({ "POST invites": () => ({ body: { invites: [] } }) });
    await api.invite({ invites: [], remind: false, vouched: true }, "batch-1");
    expect(calls[0]?.headers.get("Idempotency-Key")).toBe("batch-1");
    expect(calls[0]?.headers.get("Content-Type")).toBe("application/json");
  });

  it("sends a picture as it is", async () => {
    const calls = startServer({ "PUT me/picture": () => ({ body: { url: "https://x" } }) });
    const picture = new Blob(["x"], { type: "image/jpeg" });
    await api.setPicture(picture);
    expect(calls[0]?.headers.get("Content-Type")).toBe("image/jpeg");
    expect(calls[0]?.body).toBe(picture);
  });

  it("turns a refusal into a problem with code, field and argument", async () => {
    startServer({ "POST invites": () => refuse(422, "message_too_long", { field: "message", argument: "3" }) });
    const refused = api.invite({ invites: [], remind: false, vouched: true }, "k");
    await expect(refused).rejects.toMatchObject({
      status: 422,
      code: "message_too_long",
      field: "message",
      argument: "3",
      isPassing: false,
    });
  });

  it("takes a proxy's answer without a code for a passing failure", async () => {
    startServer({ "GET me": () => ({ status: 502, body: "<html>" }) });
    await expect(api.me()).rejects.toMatchObject({ code: "companion_unavailable", isPassing: true });
  });

  it("says that there is no answer when the network is gone", async () => {
    startServer({});
    const failed: unknown = await api.me().catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(Problem);
    expect(failed).toMatchObject({ code: "unreachable", isPassing: true });
  });

  it("tells the browser's console of a mistake of ours, and not of a refusal", async () => {
    const told = vi.spyOn(console, "error").mockImplementation(() => undefined);
    startServer({ "GET me": () => refuse(403, "forbidden") });
    toProblem(await api.me().catch((error: unknown) => error));
    expect(told).not.toHaveBeenCalled();
    const mistake = new TypeError("x is undefined");
    expect(toProblem(mistake)).toMatchObject({ code: "internal" });
    expect(told).toHaveBeenCalledWith(mistake);
  });

  it("escapes ids in addresses", async () => {
    const calls = startServer({ "POST invites/a%2Fb/link": () => ({ body: { url: "u", expiresAt: "t" } }) });
    await api.link("a/b");
    expect(calls).toHaveLength(1);
  });
});

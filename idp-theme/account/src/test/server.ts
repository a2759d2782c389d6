import { vi } from "vitest";

export type Call = { method: string; path: string; query: URLSearchParams; headers: Headers; body: unknown };
type Answer = { status?: number; body?: unknown; etag?: string };
type Handler = (call: Call) => Answer | Promise<Answer>;

/** A companion in the test's hands; a request that nobody expects fails the test. Returns the calls it got. */
export function startServer(handlers: Record<string, Handler>): Call[] {
  const calls: Call[] = [];
  vi.stubGlobal("fetch", async (url: string, init: RequestInit) => {
    const { pathname, searchParams } = new URL(url);
    const method = init.method ?? "GET";
    const path = pathname.replace("/api/v1/", "");
    const body: unknown = typeof init.body === "string" ? JSON.parse(init.body) : init.body;
    const call = { method, path, query: searchParams, headers: new Headers(init.headers), body };
    calls.push(call);
    const handler = handlers[`${method} ${path}`];
    if (!handler) {
      throw new Error(`Nobody expects ${method} ${path}`);
    }
    const { status = 200, body: answer, etag } = await handler(call);
    const hasBody = status !== 204 && status !== 304;
    return new Response(hasBody ? JSON.stringify(answer) : null, { status, headers: etag ? { ETag: etag } : {} });
  });
  return calls;
}

export function refuse(status: number, code: string, more: object = {}): Answer {
  return { status, body: { title: `English sentence for ${code}`, status, code, ...more } };
}

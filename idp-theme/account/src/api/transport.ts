import { problemOf, unreachable } from "./Problem";

/** How the companion is reached; the token is asked for before every request, because it lives for minutes only. */
export type Connection = {
  baseUrl: string;
  token: () => Promise<string>;
};

/** What a conditional GET gave: the value with its tag, or nothing new. */
export type Conditional<T> = { value: T; etag: string | null } | "unchanged";

export type Call = { method?: string; body?: unknown; headers?: Record<string, string>; signal?: AbortSignal };

export type Transport = ReturnType<typeof createTransport>;

/** Requests to the companion; what it refuses is thrown as a Problem. */
export function createTransport(connection: Connection) {
  async function call(path: string, { method, body, headers, signal }: Call = {}): Promise<Response> {
    const response = await reach(`${connection.baseUrl}/api/v1/${path}`, {
      method: method ?? "GET",
      headers: { ...headers, ...contentType(body), Authorization: `Bearer ${await connection.token()}` },
      body: body instanceof Blob ? body : body === undefined ? null : JSON.stringify(body),
      signal: signal ?? null,
    });
    if (!response.ok && response.status !== 304) {
      throw await problemOf(response);
    }
    return response;
  }

  async function json<T>(path: string, options?: Call): Promise<T> {
    return (await (await call(path, options)).json()) as T;
  }

  async function conditional<T>(path: string, etag?: string | null, signal?: AbortSignal): Promise<Conditional<T>> {
    const headers: Record<string, string> = etag ? { "If-None-Match": etag } : {};
    const response = await call(path, { headers, signal });
    return response.status === 304 ? "unchanged" : { value: (await response.json()) as T, etag: response.headers.get("ETag") };
  }

  return { call, json, conditional };
}

async function reach(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch (error) {
    if (init.signal?.aborted) {
      throw error;
    }
    throw unreachable();
  }
}

function contentType(body: unknown): Record<string, string> {
  if (body === undefined) {
    return {};
  }
  return { "Content-Type": body instanceof Blob ? body.type : "application/json" };
}

export function queryString(query: Record<string, string | number | boolean | undefined>): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== "" && value !== false);
  const parameters = new URLSearchParams(given.map(([name, value]) => [name, String(value)]));
  return given.length > 0 ? `?${parameters}` : "";
}

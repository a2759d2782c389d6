import { moderationApi } from "./moderation";
import { Problem, problemOf } from "./Problem";
import type {
  DryRun,
  Invite,
  InviteLink,
  InviteOptions,
  InvitePage,
  IssuedInvites,
  IssueInvites,
  MatrixConnection,
  Me,
  Picture,
  Welcome,
} from "./types";

/** How the companion is reached; the token is asked for before every request, because it lives for minutes only. */
export type Connection = {
  baseUrl: string;
  token: () => Promise<string>;
};

/** What a conditional GET gave: the value with its tag, or nothing new. */
export type Tagged<T> = { value: T; etag: string | null };
export type Conditional<T> = Tagged<T> | "unchanged";

export type OrganizationQuery = { search?: string; cursor?: string };
/** Without an inviter and `all` the caller's own; the others are for moderators. */
export type InvitationQuery = { status?: string; search?: string; inviter?: string; all?: boolean; cursor?: string; limit?: number };
export type InvitationAction = "resend" | "extend" | "revoke";

export type Api = ReturnType<typeof createApi>;

export type Call = { method?: string; body?: unknown; headers?: Record<string, string>; signal?: AbortSignal };

export function createApi(connection: Connection) {
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

  return {
    ...moderationApi({ call, json, conditional }),
    me: (signal?: AbortSignal) => json<Me>("me", { signal }),
    inviteOptions: (query: OrganizationQuery = {}, signal?: AbortSignal) =>
      json<InviteOptions>(`invite-options${queryString(query)}`, { signal }),
    invitations: (query: InvitationQuery, etag?: string | null, signal?: AbortSignal) =>
      conditional<InvitePage>(`invites${queryString(query)}`, etag, signal),
    dryRun: (invites: IssueInvites, language: string) =>
      json<DryRun>(`invites/dry-run${queryString({ language })}`, { method: "POST", body: invites }),
    invite: (invites: IssueInvites, key: string, signal?: AbortSignal) =>
      json<IssuedInvites>("invites", { method: "POST", body: invites, headers: { "Idempotency-Key": key }, signal }),
    change: (id: string, action: InvitationAction, key: string) =>
      json<Invite>(`invites/${encodeURIComponent(id)}/${action}`, { method: "POST", headers: { "Idempotency-Key": key } }),
    answer: (id: string, note: string) => json<Invite>(`invites/${encodeURIComponent(id)}/answer`, { method: "POST", body: { note } }),
    link: (id: string) => json<InviteLink>(`invites/${encodeURIComponent(id)}/link`, { method: "POST" }),
    welcome: (etag?: string | null, signal?: AbortSignal) => conditional<Welcome>("welcome", etag, signal),
    setPicture: (picture: Blob) => json<Picture>("me/picture", { method: "PUT", body: picture }),
    removePicture: async () => {
      await call("me/picture", { method: "DELETE" });
    },
    chatConnection: (signal?: AbortSignal) => json<MatrixConnection>("me/matrix-connection", { signal }),
    requestChatCode: (matrixId: string) => json<MatrixConnection>("me/matrix-connection", { method: "POST", body: { matrixId } }),
    confirmChatCode: (matrixId: string, code: string) =>
      json<MatrixConnection>("me/matrix-connection", { method: "POST", body: { matrixId, code } }),
    disconnectChat: async () => {
      await call("me/matrix-connection", { method: "DELETE" });
    },
  };
}

async function reach(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch (error) {
    if (init.signal?.aborted) {
      throw error;
    }
    throw new Problem({ status: 0, code: "unreachable", message: "There is no answer right now.", field: null, argument: null });
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

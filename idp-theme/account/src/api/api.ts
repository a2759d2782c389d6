import { moderationApi } from "./moderation";
import { type Connection, createTransport, queryString } from "./transport";
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

export type OrganizationQuery = { search?: string; cursor?: string };
/** Without an inviter and `all` the caller's own; the others are for moderators. */
export type InvitationQuery = { status?: string; search?: string; inviter?: string; all?: boolean; cursor?: string; limit?: number };
export type InvitationAction = "resend" | "extend" | "revoke";

export type Api = ReturnType<typeof createApi>;

export function createApi(connection: Connection) {
  const transport = createTransport(connection);
  const { call, json, conditional } = transport;
  return {
    ...moderationApi(transport),
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

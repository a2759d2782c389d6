import type { Invite, InviteOptions, Me, Welcome } from "../api/types";

export const me: Me = {
  id: "alice",
  displayName: "Alice Ahlers",
  language: "en",
  isModerator: false,
  canInvite: true,
  kind: "organization_admin",
  pictureUrl: null,
};

export const plainOptions: InviteOptions = {
  canInvite: true,
  kind: "member",
  organizations: [],
  nextOrganizations: null,
  groups: [],
  rooms: [],
  chat: "connected",
  channels: ["email"],
  quota: { open: 3, maxOpen: 10, issuedLastDay: 3, maxPerDay: 20, left: 7 },
  languages: ["en", "de"],
  defaultLanguage: "en",
  messageMaxLength: 500,
  noteMaxLength: 1000,
  maxRows: 1000,
  canCopyLinks: true,
};

export const adminOptions: InviteOptions = {
  ...plainOptions,
  kind: "organization_admin",
  organizations: [
    { alias: "crew", name: "Harbour Crew", groups: ["/members", "/admins"], owner: null },
    { alias: "rowing", name: "Rowing Club", groups: ["/rowers"], owner: "Harbour Crew" },
  ],
  rooms: [
    { id: "!general", name: "General", topic: "Everything", members: 412, isEncrypted: false, isBridged: false, obstacle: null },
    { id: "!admins", name: "Admins", topic: null, members: 4, isEncrypted: true, isBridged: true, obstacle: "bot_cannot_invite" },
  ],
};

export function invite(changes: Partial<Invite> = {}): Invite {
  return {
    id: "one",
    inviter: "Alice Ahlers",
    contact: "bert@example.org",
    memberships: [{ organization: "crew", organizationName: "Harbour Crew", group: "/members" }],
    rooms: [],
    language: "en",
    status: "sent",
    failure: null,
    note: null,
    answers: null,
    issuedAt: "2026-11-20T10:00:00Z",
    expiresAt: "2026-12-04T10:00:00Z",
    sentAt: "2026-11-20T10:00:05Z",
    openedAt: null,
    endedAt: null,
    canResend: true,
    canExtend: false,
    canCopyLink: true,
    canRevoke: true,
    ...changes,
  };
}

export const welcome: Welcome = {
  status: "running",
  communityName: "Harbour Community",
  inviterName: "Alice Ahlers",
  memberships: [{ organization: "crew", organizationName: "Harbour Crew", group: "/members" }],
  membershipsGranted: true,
  chatAccount: "done",
  rooms: [
    { id: "a", name: "General", status: "joined", into: null },
    { id: "b", name: "Events", status: "pending", into: null },
  ],
  chatUrl: "https://chat.example.org/",
  steps: [
    { text: "Say hello", url: "https://chat.example.org/hello" },
    { text: "Bring cake", url: "javascript:alert(1)" },
  ],
};

import type { Approval, ApprovalPage, FunnelAnswer, Invite, InviteOptions, Me, TreePerson, Welcome } from "../api/types";

export const me: Me = {
  id: "alice",
  displayName: "Alice Ahlers",
  language: "en",
  isModerator: false,
  canInvite: true,
  invitingFrozen: false,
  kind: "organization_admin",
  pictureUrl: null,
  paused: null,
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
    question: null,
    reason: null,
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

export function approval(changes: Partial<Approval> = {}): Approval {
  return {
    id: "case-1",
    subject: "invite",
    status: "open",
    inviteId: "0a1b2c3d-0000-4000-8000-000000000001",
    newcomer: null,
    inviter: {
      account: "paul",
      name: "Paul Pohl",
      accountCreatedAt: "2026-11-18T10:00:00Z",
      good: 5,
      bad: 1,
      openInvites: 3,
      depth: 2,
      isFlagged: true,
    },
    contact: "bert@example.org",
    memberships: [{ organization: "crew", organizationName: "Harbour Crew", group: "/members" }],
    rooms: [{ id: "!general", name: "General", status: null }],
    note: "We row together.",
    answers: null,
    requirements: [
      {
        rule: "young-accounts",
        sentence: "A moderator looks at invitations from accounts younger than 14 days.",
        approvers: "/moderators",
        needed: 2,
        panel: 3,
        approvals: 1,
        refusals: 0,
        isMet: false,
      },
    ],
    votes: [{ by: { account: "moritz", name: "Moritz Mohn" }, approve: true, note: "I know him.", at: "2026-11-20T11:00:00Z" }],
    questions: [{ by: null, text: "From the rowing club.", at: "2026-11-20T11:30:00Z" }],
    takenBy: null,
    requestedAt: "2026-11-20T10:00:00Z",
    dueAt: "2026-12-04T10:00:00Z",
    endedAt: null,
    obstacle: null,
    earlier: { granted: 4, refused: 1 },
    ...changes,
  };
}

export function approvalPage(approvals: Approval[], changes: Partial<ApprovalPage> = {}): ApprovalPage {
  return { approvals, next: null, open: approvals.length, lastDecidedAt: null, ...changes };
}

export function treePerson(changes: Partial<TreePerson> = {}): TreePerson {
  return {
    account: "anna",
    name: "Anna Anders",
    inviter: null,
    joinedAt: "2026-10-01T10:00:00Z",
    depth: 0,
    brought: 2,
    below: 5,
    open: 1,
    good: 2,
    bad: 0,
    standing: "good",
    isFlagged: false,
    isFrozen: false,
    frozenAbove: null,
    status: "completed",
    freezeReason: null,
    ...changes,
  };
}

const weeks = ["2026-11-02", "2026-11-09", "2026-11-16"];

export const funnel: FunnelAnswer = {
  weeks: weeks.map((week, index) => ({
    week,
    issued: 40 - 7 * index,
    sent: 39 - 7 * index,
    opened: 30 - 6 * index,
    registered: 22 - 5 * index,
    approved: 21 - 5 * index,
    inRooms: 20 - 6 * index,
  })),
  steps: [
    { step: "sent", medianSeconds: 4 },
    { step: "opened", medianSeconds: 5400 },
    { step: "registered", medianSeconds: 150 },
    { step: "approved", medianSeconds: null },
    { step: "in_rooms", medianSeconds: 9 },
  ],
  withoutHuman: 0.87,
  moderatorMinutesPerNewcomer: 0.4,
  moderatorMinutesSaved: 312,
};

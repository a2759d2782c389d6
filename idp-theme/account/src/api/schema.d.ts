// In the form that openapi-typescript 7 writes from the companion's OpenAPI document, which is to replace this file.

export type paths = Record<string, never>;
export type webhooks = Record<string, never>;
export interface components {
  schemas: {
    Me: {
      id: string;
      displayName: string | null;
      language: string | null;
      isModerator: boolean;
      canInvite: boolean;
      kind: components["schemas"]["InviterKind"];
      pictureUrl: string | null;
    };
    /** @enum {string} */
    InviterKind: "member" | "user_manager" | "organization_admin" | "community_admin" | "superuser";
    InviteOptions: {
      canInvite: boolean;
      kind: components["schemas"]["InviterKind"];
      organizations: components["schemas"]["OrganizationOption"][];
      nextOrganizations: string | null;
      groups: string[];
      rooms: components["schemas"]["RoomOption"][];
      /** @enum {string} */
      chat: "connected" | "not_connected" | "unavailable" | "none";
      channels: string[];
      quota: components["schemas"]["Quota"];
      languages: string[];
      defaultLanguage: string;
      /** Format: int32 */
      messageMaxLength: number;
      /** Format: int32 */
      noteMaxLength: number;
      /** Format: int32 */
      maxRows: number;
      canCopyLinks: boolean;
    };
    OrganizationOption: {
      alias: string;
      name: string;
      groups: string[];
      owner: string | null;
    };
    RoomOption: {
      id: string;
      name: string;
      topic: string | null;
      /** Format: int32 */
      members: number | null;
      isEncrypted: boolean;
      isBridged: boolean;
      obstacle: string | null;
    };
    Quota: {
      /** Format: int32 */
      open: number;
      /** Format: int32 */
      maxOpen: number;
      /** Format: int32 */
      issuedLastDay: number;
      /** Format: int32 */
      maxPerDay: number;
      /** Format: int32 */
      left: number;
    };
    IssueInvites: {
      invites: components["schemas"]["IssueInvite"][];
      message?: string | null;
      language?: string | null;
      vouched: boolean;
      note?: string | null;
    };
    IssueInvite: {
      contact: string;
      memberships?: components["schemas"]["MembershipWish"][] | null;
      rooms?: string[] | null;
      message?: string | null;
      language?: string | null;
    };
    MembershipWish: {
      organization?: string | null;
      group: string;
    };
    IssuedInvites: {
      invites: components["schemas"]["IssuedInvite"][];
    };
    IssuedInvite: {
      /** Format: int32 */
      row: number;
      /** @enum {string} */
      outcome: "issued" | "refused";
      id: string | null;
      /** Format: date-time */
      expiresAt: string | null;
      code: string | null;
      message: string | null;
      field: string | null;
      argument: string | null;
    };
    DryRun: {
      invites: components["schemas"]["DryRunRow"][];
      preview: components["schemas"]["MailPreview"] | null;
    };
    DryRunRow: {
      /** Format: int32 */
      row: number;
      /** @enum {string} */
      outcome: "good" | "refused";
      code: string | null;
      message: string | null;
      field: string | null;
      argument: string | null;
      memberships: components["schemas"]["MembershipView"][];
    };
    MailPreview: {
      language: string;
      subject: string;
      html: string;
      text: string;
    };
    MembershipView: {
      organization: string | null;
      organizationName: string | null;
      group: string | null;
    };
    InvitePage: {
      invites: components["schemas"]["InviteView"][];
      next: string | null;
    };
    InviteView: {
      id: string;
      inviter: string;
      contact: string | null;
      memberships: components["schemas"]["MembershipView"][];
      rooms: components["schemas"]["InviteRoom"][];
      language: string;
      /** @enum {string} */
      status:
        | "issued"
        | "sent"
        | "opened"
        | "delivery_failed"
        | "delivery_unknown"
        | "registering"
        | "awaiting_approval"
        | "redeemed"
        | "expired"
        | "revoked"
        | "declined";
      failure: string | null;
      /** Format: date-time */
      issuedAt: string;
      /** Format: date-time */
      expiresAt: string;
      /** Format: date-time */
      sentAt: string | null;
      /** Format: date-time */
      openedAt: string | null;
      /** Format: date-time */
      endedAt: string | null;
      canResend: boolean;
      canExtend: boolean;
      canCopyLink: boolean;
      canRevoke: boolean;
    };
    InviteRoom: {
      id: string;
      name: string | null;
      /** @enum {string|null} */
      status: "pending" | "parked" | "skipped" | "declined" | "blocked" | "invited" | "joined" | null;
    };
    InviteLink: {
      url: string;
      /** Format: date-time */
      expiresAt: string;
    };
    Welcome: {
      /** @enum {string} */
      status: "awaiting_approval" | "running" | "completed" | "denied" | "cancelled";
      communityName: string;
      inviterName: string | null;
      memberships: components["schemas"]["MembershipView"][];
      membershipsGranted: boolean;
      /** @enum {string} */
      chatAccount: "pending" | "done" | "unavailable" | "stuck";
      rooms: components["schemas"]["WelcomeRoom"][];
      chatUrl: string | null;
      steps: components["schemas"]["WelcomeStep"][];
    };
    WelcomeRoom: {
      id: string;
      name: string | null;
      status: components["schemas"]["InviteRoom"]["status"];
      into: string | null;
    };
    WelcomeStep: {
      text: string;
      url: string | null;
    };
    Picture: {
      url: string;
    };
    ConnectMatrix: {
      matrixId: string;
      code?: string | null;
    };
    MatrixCodeSent: {
      /** Format: date-time */
      expiresAt: string;
    };
    ProblemDetails: {
      type?: string | null;
      title?: string | null;
      /** Format: int32 */
      status?: number | null;
      code?: string | null;
      field?: string | null;
      argument?: string | null;
    };
  };
  responses: never;
  parameters: never;
  requestBodies: never;
  headers: never;
  pathItems: never;
}
export type $defs = Record<string, never>;
export type operations = Record<string, never>;

import type { components } from "./schema";

/** The companion's types under the names that the pages use. */
type Schemas = components["schemas"];

export type Me = Schemas["Me"];
export type InviteOptions = Schemas["InviteOptions"];
export type OrganizationOption = Schemas["OrganizationOption"];
export type RoomOption = Schemas["RoomOption"];
export type Quota = Schemas["Quota"];
export type IssueInvites = Schemas["IssueInvites"];
export type IssueInvite = Schemas["IssueInvite"];
export type IssuedInvite = Schemas["IssuedInvite"];
export type IssuedInvites = Schemas["IssuedInvites"];
export type DryRun = Schemas["DryRun"];
export type DryRunRow = Schemas["DryRunRow"];
export type MailPreview = Schemas["MailPreview"];
export type Membership = Schemas["MembershipView"];
export type InvitePage = Schemas["InvitePage"];
export type Invite = Schemas["InviteView"];
export type InviteStatus = Invite["status"];
export type RoomStatus = Schemas["InviteRoom"]["status"];
export type InviteLink = Schemas["InviteLink"];
export type Welcome = Schemas["Welcome"];
export type Picture = Schemas["Picture"];
export type ConnectMatrix = Schemas["ConnectMatrix"];
export type MatrixCodeSent = Schemas["MatrixCodeSent"];
export type ProblemDetails = Schemas["ProblemDetails"];

/** Why something was refused: what a problem and a row's verdict have in common. */
export type Refusal = { code: string | null; message: string | null; field: string | null; argument: string | null };

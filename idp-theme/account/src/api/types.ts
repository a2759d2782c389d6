import type { components } from "./schema";

/** The companion's types under the names that the pages use. */
type Schemas = components["schemas"];

export type Me = Schemas["MeAnswer"];
export type InviteOptions = Omit<Schemas["InviteOptionsAnswer"], "rooms"> & { rooms: RoomOption[] };
export type OrganizationOption = Schemas["OrganizationOffer"];
// The document lists as required what has no default; the companion always writes all of them.
export type RoomOption = Required<Schemas["RoomOffer"]>;
export type Quota = Schemas["InviteQuota"];
export type IssueInvites = Omit<Schemas["IssueInvitesRequest"], "invites"> & { invites: IssueInvite[] };
export type IssueInvite = Omit<Schemas["InviteRow"], "contact"> & { contact: string };
export type IssuedInvite = Schemas["InviteRowAnswer"];
export type IssuedInvites = Schemas["IssueInvitesAnswer"];
export type DryRun = Schemas["DryRunAnswer"];
export type MailPreview = Schemas["InvitePreview"];
export type Membership = Schemas["ShownMembership"];
export type InvitePage = Schemas["InvitePage"];
export type Invite = Schemas["InviteView"];
export type RoomStatus = Schemas["InviteRoom"]["status"];
export type InviteLink = Schemas["TakenLink"];
export type Welcome = Schemas["WelcomeAnswer"];
export type Picture = Schemas["PictureAnswer"];
/** The proven account, and the one that a code is on the way to. */
export type MatrixConnection = Omit<Schemas["MatrixConnection"], "pending"> & { pending: PendingCode | null };
export type PendingCode = Omit<Schemas["PendingCodeView"], "status"> & { status: "requested" | "sent" | "undeliverable" };
export type Approval = Schemas["ApprovalView"];
export type ApprovalPage = Schemas["ApprovalPage"];
export type Requirement = Schemas["ApprovalRequirementView"];
/** Somebody by account, with the name where it is known now. */
export type NamedPerson = Schemas["ApprovalPerson"];
export type TimelineEntry = Schemas["TimelineLine"];
export type TimelinePage = Schemas["TimelinePage"];
export type Problems = Schemas["ProblemsAnswer"];
export type StuckWork = Schemas["StuckWorkCause"];
export type ProblemCause = Schemas["ProblemCause"];
export type AffectedOnboarding = Schemas["AffectedOnboarding"];
export type TreePerson = Schemas["PersonView"];
export type PersonStanding = Schemas["PersonStanding"];
export type NamesAnswer = Schemas["NamesAnswer"];
export type PeopleAnswer = Schemas["PeoplePage"];
export type FunnelAnswer = Omit<Schemas["FunnelAnswer"], "steps"> & {
  steps: { step: "sent" | "opened" | "registered" | "approved" | "in_rooms"; medianSeconds: number | null }[];
};
export type FunnelStep = FunnelAnswer["steps"][number]["step"];
export type FunnelWeek = Schemas["FunnelWeek"];
export type PauseAnswer = Schemas["PauseAnswer"];
export type ProblemDetails = Schemas["Problem"];

/** Why something was refused: what a problem and a row's verdict have in common. */
export type Refusal = { code: string | null; message: string | null; field: string | null; argument: string | null };

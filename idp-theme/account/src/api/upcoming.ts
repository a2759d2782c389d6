/** Answers that openapi.json doesn't describe yet; to be replaced by the generated types. */
export type MeInviting = {
  invitingFrozen?: boolean;
  /** Nobody may invite now. */
  paused?: { text: string | null } | null;
};

export type PersonStanding = "none" | "good" | "mixed" | "bad";

export type TreePerson = {
  account: string;
  name: string | null;
  inviter: string | null;
  joinedAt: string | null;
  depth: number;
  /** Whom this person invited themselves. */
  brought: number;
  /** Everybody under them. */
  below: number;
  /** Their invitations that may still be accepted. */
  open: number;
  good: number;
  bad: number;
  standing: PersonStanding;
  isFlagged: boolean;
  isFrozen: boolean;
  /** Somebody above is frozen with all below. */
  frozenAbove: boolean;
  status: string;
};

export type PeopleAnswer = {
  people: TreePerson[];
  /** From the community to the person that was asked for. */
  path: { account: string; name: string | null }[];
  truncated: boolean;
};

export type FunnelStep = "sent" | "opened" | "registered" | "approved" | "in_rooms";

export type FunnelWeek = {
  /** Its Monday. */
  week: string;
  issued: number;
  sent: number;
  opened: number;
  registered: number;
  approved: number;
  inRooms: number;
};

export type FunnelAnswer = {
  weeks: FunnelWeek[];
  steps: { step: FunnelStep; medianSeconds: number | null }[];
  /** Share of newcomers, from 0 to 1. */
  withoutHuman: number | null;
  moderatorMinutesPerNewcomer: number | null;
  moderatorMinutesSaved: number | null;
};

export type PauseAnswer = {
  paused: boolean;
  text: string | null;
  since: string | null;
  by: { account: string; name: string | null } | null;
};

import { refusalOf } from "../../api/Problem";
import type { InviteOptions, OrganizationOption, Refusal } from "../../api/types";
import { findOrganization, groupsOf, type Row, type RowField } from "./rows";

/** What the companion says about a row; a good one carries nothing. */
export type Verdict = { isGood: true } | ({ isGood: false } & Refusal);
export type Verdicts = Record<string, Verdict>;

/** A refused row as a dry run or the sending reports it, `row` counted from 1. */
export type RowAnswer = Refusal & { row: number; outcome: string };

/** Ties the answers to their rows. `numberOf` says which number the reader sees on a row. */
export function toVerdicts(answers: RowAnswer[], asked: Row[], numberOf: (row: Row) => number): Verdicts {
  const verdicts: Verdicts = {};
  for (const answer of answers) {
    const row = asked[answer.row - 1];
    if (row) {
      verdicts[row.id] = answer.outcome === "refused" ? refused(answer, asked, numberOf) : { isGood: true };
    }
  }
  return verdicts;
}

function refused({ code, message, field, argument }: RowAnswer, asked: Row[], numberOf: (row: Row) => number): Verdict {
  const twin = code === "contact_duplicate" ? asked[Number(argument) - 1] : undefined;
  return { isGood: false, code, message, field, argument: twin ? String(numberOf(twin)) : argument };
}

/** An organisation takes nobody without a group, which needs no asking. Where there is none to give, another organisation is needed. */
export function groupVerdicts(rows: Row[], options: InviteOptions, known: OrganizationOption[]): Verdicts {
  const groupless = rows.filter(({ organization, group }) => organization && !group.trim());
  const refuse = (row: Row): Refusal =>
    groupsOf(row, options, known)?.length === 0
      ? refusalOf("organisation_not_allowed", "organization", nameOf(row, known))
      : refusalOf("group_missing", "group");
  return Object.fromEntries(groupless.map((row) => [row.id, { isGood: false, ...refuse(row) }]));
}

function nameOf({ organization }: Row, known: OrganizationOption[]): string {
  return findOrganization(organization, known)?.name ?? organization;
}

const fieldsOfRow: Record<string, RowField> = {
  contact: "contact",
  invites: "contact",
  organization: "organization",
  memberships: "organization",
  group: "group",
  language: "language",
  rooms: "rooms",
  message: "message",
};

// A row has these of its own, or takes what all rows share.
const ownOrShared: RowField[] = ["language", "rooms", "message"];

/** Which input a refusal belongs to: one of the row's own, or undefined for what all rows share. */
export function rowFieldOf(refusal: Refusal, row: Row): RowField | undefined {
  if (refusal.field === null) {
    return "contact";
  }
  const field = fieldsOfRow[refusal.field];
  return field && ownOrShared.includes(field) && row[field].length === 0 ? undefined : field;
}

export type SharedField = "rooms" | "message" | "language" | "vouched" | "note";
export type SharedRefusals = Partial<Record<SharedField, Refusal>>;

/** The refusals about what all rows share, each once. */
export function sharedRefusals(verdicts: Verdicts, rows: Row[]): SharedRefusals {
  const found: SharedRefusals = {};
  for (const row of rows) {
    const verdict = verdicts[row.id];
    if (verdict && !verdict.isGood && rowFieldOf(verdict, row) === undefined && verdict.field) {
      found[verdict.field as SharedField] ??= verdict;
    }
  }
  return found;
}

import type { InviteOptions, IssueInvites, IssueInvite, OrganizationOption, RoomOption } from "../../api/types";
import { groupName } from "../../parts/memberships";
import { randomKey } from "../../parts/randomKey";
import { isFlag, isText, listOf, objectOf } from "../../parts/stored";

/** One person to invite, as typed or pasted. What is empty wasn't said; then what all share counts. Rooms are ids, or names that nobody offers. */
export type Row = { id: string; contact: string; organization: string; group: string; language: string; rooms: string[]; message: string };
export type RowField = Exclude<keyof Row, "id">;

/** What all rows have in common. `remind`: those who did not come get one more mail before their time is over. */
export type Shared = { rooms: string[]; message: string; language: string; remind: boolean; vouched: boolean; note: string };

export function newRow(given: Partial<Omit<Row, "id">> = {}): Row {
  return { contact: "", organization: "", group: "", language: "", rooms: [], message: "", ...given, id: randomKey() };
}

export const isRow = objectOf<Row>({
  id: isText,
  contact: isText,
  organization: isText,
  group: isText,
  language: isText,
  rooms: listOf(isText),
  message: isText,
});

export const isShared = objectOf<Shared>({
  rooms: listOf(isText),
  message: isText,
  language: isText,
  remind: isFlag,
  vouched: isFlag,
  note: isText,
});

/** A form has at least one row. */
export function keepOne(rows: Row[], blank: () => Row): Row[] {
  return rows.length > 0 ? rows : [blank()];
}

/** Nobody wrote anything in it; `blank` has what the form fills in by itself. */
export function isBlank({ contact, organization, group, language, rooms, message }: Row, blank: Row): boolean {
  const isSilent = [contact, language, ...rooms, message].every((text) => text.trim() === "");
  const isUnchosen = organization === "" && group.trim() === "";
  return isSilent && (isUnchosen || (organization === blank.organization && group === blank.group));
}

/** Fills in what is a choice of one, and takes a group by its name. */
export function withOnlyChoices(row: Row, options: InviteOptions, known: OrganizationOption[]): Row {
  const organization = row.organization || (onlyOrganization(options)?.alias ?? "");
  const groups = groupsOf({ ...row, organization }, options, known) ?? [];
  const group = row.group ? groups.find((one) => groupName(one) === groupName(row.group)) : onlyOf(groups);
  return { ...row, organization, group: group ?? row.group };
}

export function onlyOrganization({ organizations, nextOrganizations, groups }: InviteOptions): OrganizationOption | undefined {
  const only = nextOrganizations === null && groups.length === 0 ? onlyOf(organizations) : undefined;
  return only && only.groups.length > 0 ? only : undefined;
}

export function findOrganization(name: string, known: OrganizationOption[]): OrganizationOption | undefined {
  const wanted = name.trim().toLowerCase();
  return known.find((one) => one.alias.toLowerCase() === wanted) ?? known.find((one) => one.name.toLowerCase() === wanted);
}

/** The groups to choose from; undefined where not all organisations are known and this one isn't, so that the name has to be typed. */
export function groupsOf(row: Row, options: InviteOptions, known: OrganizationOption[]): string[] | undefined {
  if (!row.organization) {
    return options.groups;
  }
  return findOrganization(row.organization, known)?.groups ?? (options.nextOrganizations === null ? [] : undefined);
}

/** Rooms as somebody writes them, by name or id. */
export function roomsIn(text: string, offered: RoomOption[]): string[] {
  const named = text.split(/[|;]/).map((name) => name.trim());
  return [...new Set(named.filter((name) => name !== "").map((name) => findRoom(name, offered)?.id ?? name))];
}

export function roomNames(rooms: string[], offered: RoomOption[]): string {
  return rooms.map((room) => offered.find(({ id }) => id === room)?.name ?? room).join("; ");
}

function findRoom(name: string, offered: RoomOption[]): RoomOption | undefined {
  const wanted = name.toLowerCase();
  return offered.find(({ id }) => id === name) ?? onlyOf(offered.filter((room) => room.name.toLowerCase() === wanted));
}

export function sharedFrom(options: InviteOptions): Shared {
  const rooms = options.rooms.filter(({ obstacle }) => obstacle === null);
  const onlyRoom = onlyOf(rooms);
  return { rooms: onlyRoom ? [onlyRoom.id] : [], message: "", language: options.defaultLanguage, remind: false, vouched: false, note: "" };
}

export function toRequest(rows: Row[], { rooms, message, language, remind, vouched, note }: Shared): IssueInvites {
  return {
    invites: rows.map((row) => toInvite(row, rooms)),
    message: message.trim() || null,
    language,
    remind,
    vouched,
    note: note.trim() || null,
  };
}

function toInvite({ contact, organization, group, language, message, ...own }: Row, sharedRooms: string[]): IssueInvite {
  const rooms = own.rooms.length > 0 ? own.rooms : sharedRooms;
  return {
    contact: contact.trim(),
    ...(organization || group ? { memberships: [{ organization: organization.trim() || null, group: group.trim() }] } : {}),
    ...(rooms.length > 0 ? { rooms } : {}),
    ...(language ? { language } : {}),
    ...(message.trim() ? { message: message.trim() } : {}),
  };
}

function onlyOf<T>(list: T[]): T | undefined {
  return list.length === 1 ? list[0] : undefined;
}

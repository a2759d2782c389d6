import type { Invite } from "../../api/types";

export const statuses = [
  "issued",
  "sent",
  "opened",
  "registering",
  "awaiting_approval",
  "denied",
  "redeemed",
  "delivery_failed",
  "delivery_unknown",
  "expired",
  "revoked",
  "declined",
] as const;

/** A text key with what the text is about; the first key that exists is taken. */
export type StatusText = { keys: string[]; values: { joined?: number; count?: number } };

export function statusText(invite: Pick<Invite, "status" | "rooms" | "failure">): StatusText {
  if (invite.status === "redeemed") {
    return joinedText(invite.rooms);
  }
  if (invite.status === "delivery_failed") {
    return { keys: [`status.delivery_failed.${invite.failure ?? "other"}`, "status.delivery_failed.other"], values: {} };
  }
  return { keys: [`status.${invite.status}`], values: {} };
}

function joinedText(rooms: Invite["rooms"]): StatusText {
  const joined = rooms.filter(({ status }) => status === "joined" || status === "invited").length;
  return joined < rooms.length
    ? { keys: ["status.redeemed.rooms"], values: { joined, count: rooms.length } }
    : { keys: ["status.redeemed"], values: {} };
}

/** When the last thing happened to it. */
export function lastChange({ endedAt, openedAt, sentAt, issuedAt }: Invite): string {
  return endedAt ?? openedAt ?? sentAt ?? issuedAt;
}

const waiting = new Set(["issued", "sent", "opened", "delivery_unknown", "registering", "awaiting_approval"]);

/** It may still be accepted. */
export function isOpen({ status }: Pick<Invite, "status">): boolean {
  return waiting.has(status);
}

const quick = 5000;
const slow = 30_000;

/** How soon to look again: quickly while something moves by itself, now and then while people may act, else not at all. */
export function pauseFor(invites: Pick<Invite, "status" | "rooms">[]): number | null {
  if (invites.some(isMoving)) {
    return quick;
  }
  return invites.some(isOpen) ? slow : null;
}

function isMoving({ status, rooms }: Pick<Invite, "status" | "rooms">): boolean {
  return status === "issued" || status === "registering" || (status === "redeemed" && rooms.some((room) => room.status === "pending"));
}

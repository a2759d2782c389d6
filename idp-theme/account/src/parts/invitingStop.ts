import type { Me } from "../api/types";

/** Nobody may invite now, or this person may not. */
export function isInvitingStopped(me: Me | undefined): boolean {
  return me?.paused != null || me?.invitingFrozen === true;
}

import type { TFunction } from "i18next";
import type { PersonStanding, TreePerson } from "../../api/types";
import { personName } from "../../parts/personName";

/** Says in the picture without its colour how those turned out whom somebody brought. */
export const signs: Record<PersonStanding, string> = { none: "", good: "✓", mixed: "±", bad: "✕" };
export const standings: PersonStanding[] = ["good", "mixed", "bad", "none"];

export const flagSign = "⚑";
export const frozenSign = "❄";

const notable = ["awaiting_approval", "denied", "cancelled"];

/** Whether something is to be said of how far the person has come. */
export function isNotable(status: string | null): status is string {
  return status !== null && notable.includes(status);
}

export function isHeld({ isFrozen, frozenAbove }: Pick<TreePerson, "isFrozen" | "frozenAbove">): boolean {
  return isFrozen || frozenAbove !== null;
}

/** Somebody in the picture, as one sentence for those who don't see it. */
export function personText(t: TFunction, person: TreePerson): string {
  return [
    personName(t, person),
    t(`people.standing.${person.standing}`),
    t("people.below", { count: person.below }),
    person.isFlagged && t("people.flagged"),
    isHeld(person) && t("people.frozen"),
  ]
    .filter(Boolean)
    .join(", ");
}

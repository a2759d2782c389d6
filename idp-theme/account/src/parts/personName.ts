import type { TFunction } from "i18next";
import type { NamedPerson } from "../api/types";

const shownCharacters = 8;

/** Somebody's name; of an account without one the beginning of its id. */
export function personName(t: TFunction, { account, name }: NamedPerson): string {
  return name ?? t("moderation.nameless", { id: account.slice(0, shownCharacters) });
}

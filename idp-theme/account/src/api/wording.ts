import type { TFunction } from "i18next";
import type { Refusal } from "./types";

/** The sentence for a refusal in the reader's language; one without a sentence here is shown as it came. */
export function refusalText(t: TFunction, refusal: Refusal): string {
  const came = refusal.message ?? "";
  if (!refusal.code) {
    return came;
  }
  const argument = refusal.argument ?? "";
  return t([`problem.${refusal.code}${refusal.argument ? "" : ".bare"}`, `problem.${refusal.code}`], {
    argument,
    count: Number(argument) || 0,
    defaultValue: came || t("problem.internal"),
  });
}

import type { TFunction } from "i18next";
import type { Refusal } from "./types";

/** The sentence for a refusal in the reader's language; one without a sentence here is shown as it came. */
export function refusalText(t: TFunction, refusal: Refusal): string {
  const came = refusal.message ?? "";
  if (!refusal.code) {
    return came;
  }
  const key = `problem.${refusal.code}`;
  return t(refusal.argument ? [key] : [`${key}.bare`, key], {
    argument: refusal.argument ?? "",
    count: Number(refusal.argument) || 0,
    defaultValue: came || t("problem.internal"),
  });
}

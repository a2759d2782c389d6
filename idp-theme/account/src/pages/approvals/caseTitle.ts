import type { TFunction } from "i18next";
import type { Approval } from "../../api/types";

/** Whom a case is about. */
export function caseTitle(t: TFunction, { newcomer, contact }: Pick<Approval, "newcomer" | "contact">): string {
  return newcomer?.name ?? contact ?? t("invitations.forgotten");
}

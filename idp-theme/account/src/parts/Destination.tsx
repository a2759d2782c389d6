import { Stack, StackItem } from "@patternfly/react-core";
import { useTranslation } from "react-i18next";
import type { Invite } from "../api/types";
import { membershipText } from "./memberships";

/** Into what an invitation leads. */
export function Destination({ memberships, rooms }: Pick<Invite, "memberships" | "rooms">) {
  const { t } = useTranslation();
  const lines = memberships.map(membershipText);
  const names = rooms.map(({ id, name }) => name ?? id);
  return (
    <Stack>
      {lines.map((line) => (
        <StackItem key={line}>{line}</StackItem>
      ))}
      {names.length > 0 && (
        <StackItem className={lines.length > 0 ? "pf-v5-u-color-200" : undefined}>
          {t("invitations.rooms", { count: names.length, rooms: names.join(", ") })}
        </StackItem>
      )}
      {lines.length + names.length === 0 && <StackItem>{t("invitations.community")}</StackItem>}
    </Stack>
  );
}

import { Label, type LabelProps } from "@patternfly/react-core";
import {
  BanIcon,
  CheckCircleIcon,
  EnvelopeIcon,
  EnvelopeOpenIcon,
  ExclamationCircleIcon,
  HourglassHalfIcon,
  OutlinedClockIcon,
  OutlinedQuestionCircleIcon,
  PencilAltIcon,
  UserClockIcon,
  UserMinusIcon,
  UserTimesIcon,
} from "@patternfly/react-icons";
import type { ComponentType } from "react";
import { useTranslation } from "react-i18next";
import type { Invite } from "../../api/types";
import { statusText, type statuses } from "./status";

type Look = { color: LabelProps["color"]; Icon: ComponentType };

const looks: Record<(typeof statuses)[number], Look> = {
  issued: { color: "grey", Icon: HourglassHalfIcon },
  sent: { color: "blue", Icon: EnvelopeIcon },
  opened: { color: "cyan", Icon: EnvelopeOpenIcon },
  registering: { color: "cyan", Icon: PencilAltIcon },
  awaiting_approval: { color: "gold", Icon: UserClockIcon },
  denied: { color: "red", Icon: UserTimesIcon },
  redeemed: { color: "green", Icon: CheckCircleIcon },
  delivery_failed: { color: "red", Icon: ExclamationCircleIcon },
  delivery_unknown: { color: "gold", Icon: OutlinedQuestionCircleIcon },
  expired: { color: "grey", Icon: OutlinedClockIcon },
  revoked: { color: "grey", Icon: BanIcon },
  declined: { color: "grey", Icon: UserMinusIcon },
};

const lookOf: Partial<Record<string, Look>> = looks;
// A companion that is newer than this page.
const unknown: Look = { color: "grey", Icon: OutlinedQuestionCircleIcon };

export function StatusLabel({ invite }: { invite: Invite }) {
  const { t } = useTranslation();
  const { color, Icon } = lookOf[invite.status] ?? unknown;
  const { keys, values } = statusText(invite);
  return (
    <Label color={color} icon={<Icon />} textMaxWidth="none">
      {t(keys, values)}
    </Label>
  );
}

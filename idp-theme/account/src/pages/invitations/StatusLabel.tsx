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
  UserTimesIcon,
} from "@patternfly/react-icons";
import type { ComponentType } from "react";
import { useTranslation } from "react-i18next";
import type { Invite, InviteStatus } from "../../api/types";
import { statusText } from "./status";

const looks: Record<InviteStatus, { color: LabelProps["color"]; Icon: ComponentType }> = {
  issued: { color: "grey", Icon: HourglassHalfIcon },
  sent: { color: "blue", Icon: EnvelopeIcon },
  opened: { color: "cyan", Icon: EnvelopeOpenIcon },
  registering: { color: "cyan", Icon: PencilAltIcon },
  awaiting_approval: { color: "gold", Icon: UserClockIcon },
  redeemed: { color: "green", Icon: CheckCircleIcon },
  delivery_failed: { color: "red", Icon: ExclamationCircleIcon },
  delivery_unknown: { color: "gold", Icon: OutlinedQuestionCircleIcon },
  expired: { color: "grey", Icon: OutlinedClockIcon },
  revoked: { color: "grey", Icon: BanIcon },
  declined: { color: "grey", Icon: UserTimesIcon },
};

export function StatusLabel({ invite }: { invite: Invite }) {
  const { t } = useTranslation();
  const { color, Icon } = looks[invite.status];
  const { keys, values } = statusText(invite);
  return (
    <Label color={color} icon={<Icon />} textMaxWidth="none">
      {t(keys, values)}
    </Label>
  );
}

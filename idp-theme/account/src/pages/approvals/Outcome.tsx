import { Label, type LabelProps } from "@patternfly/react-core";
import { BanIcon, CheckCircleIcon, OutlinedClockIcon, UserTimesIcon } from "@patternfly/react-icons";
import type { ComponentType } from "react";
import { useTranslation } from "react-i18next";

const looks: Partial<Record<string, { color: LabelProps["color"]; Icon: ComponentType }>> = {
  open: { color: "gold", Icon: OutlinedClockIcon },
  granted: { color: "green", Icon: CheckCircleIcon },
  refused: { color: "red", Icon: UserTimesIcon },
};
const other = { color: "grey", Icon: BanIcon } as const;

/** How a case ended. */
export function Outcome({ status, isCompact = false }: { status: string; isCompact?: boolean }) {
  const { t } = useTranslation();
  const { color, Icon } = looks[status] ?? other;
  return (
    <Label color={color} icon={<Icon />} isCompact={isCompact}>
      {t(`approvals.status.${status}`)}
    </Label>
  );
}

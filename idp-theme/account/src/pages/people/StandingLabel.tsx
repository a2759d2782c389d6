import { Label, type LabelProps } from "@patternfly/react-core";
import { CheckCircleIcon, ExclamationCircleIcon, ExclamationTriangleIcon, MinusCircleIcon } from "@patternfly/react-icons";
import type { ComponentType } from "react";
import { useTranslation } from "react-i18next";
import type { PersonStanding } from "../../api/types";

const looks: Record<PersonStanding, { color: LabelProps["color"]; Icon: ComponentType }> = {
  none: { color: "grey", Icon: MinusCircleIcon },
  good: { color: "green", Icon: CheckCircleIcon },
  mixed: { color: "gold", Icon: ExclamationTriangleIcon },
  bad: { color: "red", Icon: ExclamationCircleIcon },
};

export function StandingLabel({ standing }: { standing: PersonStanding }) {
  const { t } = useTranslation();
  const { color, Icon } = looks[standing];
  return (
    <Label isCompact color={color} icon={<Icon />}>
      {t(`people.standing.${standing}`)}
    </Label>
  );
}

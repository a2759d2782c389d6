import { Text } from "@patternfly/react-core";
import { useTranslation } from "react-i18next";
import type { Quota } from "../api/types";

/** Says which of the two limits comes first. */
export function QuotaText({ quota }: { quota: Quota }) {
  const { t } = useTranslation();
  const leftToday = quota.maxPerDay - quota.issuedLastDay;
  const isDayFirst = leftToday < quota.maxOpen - quota.open;
  const max = isDayFirst ? quota.maxPerDay : quota.maxOpen;
  return (
    <Text component="p" className="pf-v5-u-color-200">
      {t(isDayFirst ? "quota.day" : "quota.open", { left: quota.left, count: quota.left, max })}
    </Text>
  );
}

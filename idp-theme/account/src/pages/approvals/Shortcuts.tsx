import { Flex, FlexItem, Switch } from "@patternfly/react-core";
import { useTranslation } from "react-i18next";

const keys = ["j", "k", "a", "d"] as const;

/** Switches the keys on, and says what they do. */
export function Shortcuts({ isOn, onChange }: { isOn: boolean; onChange: (isOn: boolean) => void }) {
  const { t } = useTranslation();
  return (
    <Flex className="companion-shortcuts" alignItems={{ default: "alignItemsCenter" }}>
      <Switch id="approval-keys" label={t("approvals.keys")} isChecked={isOn} onChange={(_, isOn) => onChange(isOn)} />
      {isOn &&
        keys.map((key) => (
          <FlexItem key={key}>
            <kbd>{key}</kbd> {t(`approvals.key.${key}`)}
          </FlexItem>
        ))}
    </Flex>
  );
}

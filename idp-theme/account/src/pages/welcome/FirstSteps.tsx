import { Card, CardBody, CardTitle, List, ListItem } from "@patternfly/react-core";
import { useTranslation } from "react-i18next";
import type { Welcome } from "../../api/types";

export function FirstSteps({ steps }: { steps: Welcome["steps"] }) {
  const { t } = useTranslation();
  if (steps.length === 0) {
    return null;
  }
  return (
    <Card isFlat>
      <CardTitle component="h2">{t("welcome.steps")}</CardTitle>
      <CardBody>
        <List component="ol">
          {steps.map(({ text, url }) => (
            <ListItem key={text}>
              {isWebAddress(url) ? (
                <a href={url} target="_blank" rel="noopener noreferrer">
                  {text}
                </a>
              ) : (
                text
              )}
            </ListItem>
          ))}
        </List>
      </CardBody>
    </Card>
  );
}

function isWebAddress(url: string | null): url is string {
  return url !== null && /^https?:\/\//i.test(url);
}

import { Alert, Button, Card, CardBody, CardFooter, CardTitle } from "@patternfly/react-core";
import { ExternalLinkAltIcon } from "@patternfly/react-icons";
import { useTranslation } from "react-i18next";
import type { Welcome } from "../../api/types";

/** Where the rooms are, and how to get in with this account. */
export function ChatCard({ welcome: { chatAccount, chatUrl, rooms } }: { welcome: Welcome }) {
  const { t } = useTranslation();
  if (!chatUrl && rooms.length === 0) {
    return null;
  }
  return (
    <Card isFlat>
      <CardTitle component="h2">{t("welcome.chat.title")}</CardTitle>
      <CardBody>
        {(chatAccount === "stuck" || chatAccount === "unavailable") && (
          <Alert isInline isPlain variant="warning" component="p" className="pf-v5-u-mb-md" title={t(`welcome.chat.${chatAccount}`)} />
        )}
        <p>{t("welcome.chat.how")}</p>
      </CardBody>
      {chatUrl && (
        <CardFooter>
          <Button component="a" href={chatUrl} target="_blank" rel="noopener noreferrer" icon={<ExternalLinkAltIcon />} iconPosition="end">
            {t("welcome.chat.open")}
          </Button>
        </CardFooter>
      )}
    </Card>
  );
}

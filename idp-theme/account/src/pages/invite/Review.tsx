import { ActionGroup, Alert, Button, Form, List, ListItem } from "@patternfly/react-core";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { MailPreview as Mail } from "../../api/types";
import type { Asked } from "./asked";
import { MailPreview } from "./MailPreview";

type Props = { count: number; mail: Mail | null; asked: Asked; onSend: () => void; onBack: () => void };

export function Review({ count, mail, asked, onSend, onBack }: Props) {
  const { t } = useTranslation();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    heading.current?.focus();
  }, []);
  return (
    <Form
      onSubmit={(event) => {
        event.preventDefault();
        onSend();
      }}
    >
      <h2 ref={heading} tabIndex={-1} className="pf-v5-c-title pf-m-xl">
        {t("invite.review.title", { count })}
      </h2>
      {asked.count > 0 && (
        <Alert
          isInline
          variant="info"
          component="p"
          title={t(asked.count < count ? "invite.review.askedSome" : "invite.review.asked", { count: asked.count, all: count })}
        >
          <List isPlain>
            {asked.sentences.map((sentence) => (
              <ListItem key={sentence}>{sentence}</ListItem>
            ))}
          </List>
        </Alert>
      )}
      {mail ? <MailPreview mail={mail} /> : <Alert isInline variant="info" component="p" title={t("invite.preview.none")} />}
      <ActionGroup>
        <Button type="submit">{t("invite.send", { count })}</Button>
        <Button variant="link" onClick={onBack}>
          {t("invite.back")}
        </Button>
      </ActionGroup>
    </Form>
  );
}

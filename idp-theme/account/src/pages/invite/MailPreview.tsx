import { Card, CardBody, CardTitle, Grid, GridItem, Title } from "@patternfly/react-core";
import { useTranslation } from "react-i18next";
import type { MailPreview as Mail } from "../../api/types";

/** The mail as it goes out, once as mail programs draw it and once as text. Its frame may run nothing and open nothing. */
export function MailPreview({ mail }: { mail: Mail }) {
  const { t } = useTranslation();
  return (
    <section aria-labelledby="invite-preview">
      <Title id="invite-preview" headingLevel="h2" size="lg" className="pf-v5-u-mb-sm">
        {t("invite.preview.title")}
      </Title>
      <p className="pf-v5-u-mb-md companion-wrap">
        {t("invite.preview.subject")} <strong lang={mail.language}>{mail.subject}</strong>
      </p>
      <Grid hasGutter>
        <GridItem xl={7}>
          <iframe className="companion-mail" title={t("invite.preview.html")} sandbox="" srcDoc={mail.html} lang={mail.language} />
        </GridItem>
        <GridItem xl={5}>
          <Card isFlat isCompact isFullHeight>
            <CardTitle>{t("invite.preview.text")}</CardTitle>
            <CardBody>
              <pre className="companion-mail-text" lang={mail.language}>
                {mail.text}
              </pre>
            </CardBody>
          </Card>
        </GridItem>
      </Grid>
    </section>
  );
}

import { useEnvironment } from "@keycloak/keycloak-account-ui";
import { KeycloakMasthead } from "@keycloak/keycloak-ui-shared";
import { Button, Page, PageSidebar, PageSidebarBody, SkipToContent, Spinner } from "@patternfly/react-core";
import { ExternalLinkAltIcon } from "@patternfly/react-icons";
import { Suspense } from "react";
import { useTranslation } from "react-i18next";
import { Outlet, useHref } from "react-router-dom";
import type { Environment } from "../environment";
import { Navigation } from "./Navigation";
import { StandingProvider } from "./Standing";

const mainId = "companion-main";

/**
 * The frame of every page. The console package's own header and navigation can't be used: they carry a PatternFly of their own,
 * whose menu button doesn't reach this page's sidebar.
 */
export function Shell() {
  const { t } = useTranslation();
  return (
    <StandingProvider>
      <Page
        header={<Header />}
        isManagedSidebar
        mainContainerId={mainId}
        skipToContent={<SkipToContent href={`#${mainId}`}>{t("companion.skipToContent")}</SkipToContent>}
        sidebar={
          <PageSidebar>
            <PageSidebarBody>
              <Navigation />
            </PageSidebarBody>
          </PageSidebar>
        }
      >
        <Suspense fallback={<Spinner aria-label={t("companion.loading")} />}>
          <Outlet />
        </Suspense>
      </Page>
    </StandingProvider>
  );
}

function Header() {
  const { t } = useTranslation();
  const { environment, keycloak } = useEnvironment<Environment>();
  const logoUrl = environment.logoUrl || "/";
  const internalHref = useHref(logoUrl.startsWith("/") ? logoUrl : "/");
  return (
    <KeycloakMasthead
      keycloak={keycloak}
      features={{ hasManageAccount: false }}
      brand={{
        href: logoUrl.startsWith("/") ? internalHref : logoUrl,
        src: `${environment.resourceUrl}/${environment.logo || "logo.svg"}`,
        alt: t("logo"),
        className: "companion-brand",
      }}
      // Its first item pushes the rest to the right, so there is one even without a link.
      toolbarItems={[<ReferrerLink key="referrer" />]}
    />
  );
}

function ReferrerLink() {
  const { t } = useTranslation();
  const { environment } = useEnvironment<Environment>();
  if (!environment.referrerUrl) {
    return null;
  }
  return (
    <Button
      component="a"
      href={environment.referrerUrl.replace("_hash_", "#")}
      variant="link"
      isInline
      icon={<ExternalLinkAltIcon />}
      iconPosition="end"
    >
      {t("backTo", { app: environment.referrerName || environment.referrerUrl })}
    </Button>
  );
}

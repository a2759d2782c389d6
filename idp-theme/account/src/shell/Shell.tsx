import { Page, PageSidebar, PageSidebarBody, SkipToContent, Spinner } from "@patternfly/react-core";
import { Suspense } from "react";
import { useTranslation } from "react-i18next";
import { Outlet } from "react-router-dom";
import { Header } from "./Header";
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

import { Page, PageSidebar, PageSidebarBody, SkipToContent, Spinner } from "@patternfly/react-core";
import { Suspense, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Outlet, useLocation } from "react-router-dom";
import { titleOf } from "./entries";
import { Header } from "./Header";
import { Navigation } from "./Navigation";
import { SessionEnd } from "./SessionEnd";
import { StandingProvider } from "./Standing";

const mainId = "companion-main";
// What Keycloak's page calls the community.
const site = document.title;

/**
 * The frame of every page. The console package's own header and navigation can't be used: they carry a PatternFly of their own,
 * whose menu button doesn't reach this page's sidebar.
 */
export function Shell() {
  const { t } = useTranslation();
  const { isOpen, toggle, adapt } = useSidebar();
  const title = useArrival();
  return (
    <StandingProvider>
      <Page
        header={<Header isSidebarOpen={isOpen} onSidebarToggle={toggle} />}
        onPageResize={(_, { mobileView }: { mobileView: boolean }) => adapt(mobileView)}
        mainContainerId={mainId}
        mainAriaLabel={title}
        skipToContent={<SkipToContent href={`#${mainId}`}>{t("companion.skipToContent")}</SkipToContent>}
        sidebar={
          <PageSidebar isSidebarOpen={isOpen}>
            <PageSidebarBody>
              <Navigation />
            </PageSidebarBody>
          </PageSidebar>
        }
      >
        <SessionEnd />
        <Suspense fallback={<Spinner aria-label={t("companion.loading")} />}>
          <Outlet />
        </Suspense>
      </Page>
    </StandingProvider>
  );
}

/** Beside the page where there is room; on a phone over it, until one goes somewhere. */
function useSidebar() {
  const { pathname } = useLocation();
  const [isNarrow, setNarrow] = useState(false);
  const [isOpen, setOpen] = useState(true);
  const adapt = (isNarrow: boolean) => {
    setNarrow(isNarrow);
    setOpen(!isNarrow);
  };
  useEffect(() => setOpen((isOpen) => isOpen && !isNarrow), [pathname, isNarrow]);
  return { isOpen, adapt, toggle: () => setOpen(!isOpen) };
}

/** Names the page in the browser's title, and takes the keyboard to it when somebody went there; a page that took it itself keeps it. */
function useArrival(): string {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const before = useRef(pathname);
  const title = t(titleOf(pathname) ?? "companion.nowhere.title");
  useEffect(() => {
    document.title = [title, site].filter(Boolean).join(" · ");
  }, [title]);
  useEffect(() => {
    if (before.current !== pathname) {
      before.current = pathname;
      const main = document.getElementById(mainId);
      if (!main?.contains(document.activeElement)) {
        main?.focus();
      }
    }
  }, [pathname]);
  return title;
}

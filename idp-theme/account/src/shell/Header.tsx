import { useEnvironment } from "@keycloak/keycloak-account-ui";
import {
  Avatar,
  Brand,
  Button,
  Dropdown,
  DropdownItem,
  DropdownList,
  Masthead,
  MastheadBrand,
  MastheadContent,
  MastheadMain,
  MastheadToggle,
  MenuToggle,
  PageToggleButton,
  Toolbar,
  ToolbarContent,
  ToolbarGroup,
  ToolbarItem,
} from "@patternfly/react-core";
import { BarsIcon, ExternalLinkAltIcon, UserIcon } from "@patternfly/react-icons";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useHref } from "react-router-dom";
import type { Environment } from "../environment";
import { forgetDrafts } from "../parts/drafts";

type Props = { isSidebarOpen: boolean; onSidebarToggle: () => void };

export function Header({ isSidebarOpen, onSidebarToggle }: Props) {
  const { t } = useTranslation();
  const { environment } = useEnvironment<Environment>();
  const logoUrl = environment.logoUrl || "/";
  const isInternal = logoUrl.startsWith("/");
  const internalHref = useHref(isInternal ? logoUrl : "/");
  return (
    <Masthead display={{ default: "inline" }}>
      <MastheadToggle>
        <PageToggleButton
          variant="plain"
          isSidebarOpen={isSidebarOpen}
          onSidebarToggle={onSidebarToggle}
          aria-label={t("companion.navigation")}
        >
          <BarsIcon />
        </PageToggleButton>
      </MastheadToggle>
      <MastheadMain>
        <MastheadBrand href={isInternal ? internalHref : logoUrl}>
          <Brand src={`${environment.resourceUrl}/${environment.logo || "logo.svg"}`} alt={t("logo")} className="companion-brand" />
        </MastheadBrand>
      </MastheadMain>
      <MastheadContent>
        <Toolbar isStatic isFullHeight>
          <ToolbarContent>
            <ToolbarGroup align={{ default: "alignRight" }}>
              <ReferrerLink />
              <ToolbarItem>
                <PersonMenu />
              </ToolbarItem>
            </ToolbarGroup>
          </ToolbarContent>
        </Toolbar>
      </MastheadContent>
    </Masthead>
  );
}

function ReferrerLink() {
  const { t } = useTranslation();
  const { environment } = useEnvironment<Environment>();
  if (!environment.referrerUrl) {
    return null;
  }
  return (
    <ToolbarItem>
      <Button
        component="a"
        href={environment.referrerUrl.replace("_hash_", "#")}
        variant="link"
        isInline
        icon={<ExternalLinkAltIcon />}
        iconPosition="end"
      >
        {t("backTo", { app: environment.referrerName ?? environment.referrerUrl })}
      </Button>
    </ToolbarItem>
  );
}

function PersonMenu() {
  const { t } = useTranslation();
  const { keycloak } = useEnvironment();
  const [isOpen, setOpen] = useState(false);
  const { name, preferred_username, picture } = (keycloak.idTokenParsed ?? {}) as Record<string, string | undefined>;
  const signOut = () => {
    forgetDrafts();
    void keycloak.logout();
  };
  const shownName = name ?? preferred_username ?? t("unknownUser");
  return (
    <Dropdown
      isOpen={isOpen}
      onOpenChange={setOpen}
      popperProps={{ position: "right" }}
      toggle={(toggle) => (
        <MenuToggle
          ref={toggle}
          variant="plainText"
          isExpanded={isOpen}
          onClick={() => setOpen(!isOpen)}
          icon={picture ? <Avatar src={picture} alt="" size="sm" /> : <UserIcon />}
        >
          <span className="companion-person">{shownName}</span>
        </MenuToggle>
      )}
    >
      <DropdownList>
        <DropdownItem onClick={signOut}>{t("signOut")}</DropdownItem>
      </DropdownList>
    </Dropdown>
  );
}

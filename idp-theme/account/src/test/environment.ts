import type { Environment } from "../environment";

export const testEnvironment: Environment = {
  companionUrl: "https://companion.test",
  serverBaseUrl: "https://id.test",
  baseUrl: "https://id.test/realms/harbour/account",
  resourceUrl: "/resources/account",
  realm: "harbour",
  clientId: "account-console",
  logo: "",
  logoUrl: "",
  darkMode: true,
  locale: "en",
  features: {
    isRegistrationEmailAsUsername: false,
    isEditUserNameAllowed: false,
    isLinkedAccountsEnabled: false,
    isMyResourcesEnabled: false,
    deleteAccountAllowed: false,
    updateEmailFeatureEnabled: false,
    updateEmailActionEnabled: false,
    isViewApplicationsEnabled: true,
    isViewGroupsEnabled: true,
    isViewOrganizationsEnabled: true,
    isOid4VciEnabled: false,
  },
};

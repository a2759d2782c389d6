<#-- The page that starts the account console. Written against the values that Keycloak 26.7 gives to it; `companionUrl` is ours. -->
<#import "theme-resources.ftl" as resources>
<!doctype html>
<html lang="${locale}" dir="${localeDir}">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta name="color-scheme" content="${darkMode?then('light dark', 'light')}">
  <title>${properties.title!realm.displayName!realm.name}</title>
  <#if themeResources?? && themeResources.favicons?has_content>
    <@resources.renderFavicons themeResources.favicons resourceUrl />
  <#else>
    <link rel="icon" type="${properties.favIconType!'image/svg+xml'}" href="${resourceUrl}${properties.favIcon!'/favicon.svg'}">
  </#if>
  <#-- React comes from Keycloak; the bundle leaves it out. -->
  <script type="importmap">
    {
      "imports": {
        "react": "${resourceCommonUrl}/vendor/react/react.production.min.js",
        "react/jsx-runtime": "${resourceCommonUrl}/vendor/react/react-jsx-runtime.production.min.js",
        "react-dom": "${resourceCommonUrl}/vendor/react-dom/react-dom.production.min.js"
      }
    }
  </script>
  <#if !isSecureContext>
    <script type="module" src="${resourceCommonUrl}/vendor/web-crypto-shim/web-crypto-shim.js"></script>
  </#if>
  <#if devServerUrl?has_content>
    <script type="module" src="${devServerUrl}/@vite/client"></script>
    <script type="module" src="${devServerUrl}/src/main.tsx"></script>
  </#if>
  <#list entryStyles![] as style>
    <link rel="stylesheet" href="${resourceUrl}/${style}">
  </#list>
  <#if themeResources?? && themeResources.styles?has_content>
    <@resources.renderStyles themeResources.styles resourceUrl />
  <#elseif properties.styles?has_content>
    <#list properties.styles?split(' ') as style>
      <link rel="stylesheet" href="${resourceUrl}/${style}">
    </#list>
  </#if>
  <#if entryScript?has_content>
    <script type="module" src="${resourceUrl}/${entryScript}"></script>
  </#if>
  <#if themeResources?? && themeResources.scripts?has_content>
    <@resources.renderScripts themeResources.scripts resourceUrl "module" />
  <#elseif properties.scripts?has_content>
    <#list properties.scripts?split(' ') as script>
      <script type="module" src="${resourceUrl}/${script}"></script>
    </#list>
  </#if>
</head>
<body data-page-id="account">
  <div id="app"></div>
  <noscript>JavaScript is required to use the Account Console.</noscript>
  <script id="environment" type="application/json">
    {
      "companionUrl": "${properties.companionUrl!''}",
      "serverBaseUrl": "${serverBaseUrl}",
      "authUrl": "${authUrl}",
      "authServerUrl": "${authServerUrl}",
      "baseUrl": "${baseUrl}",
      "resourceUrl": "${resourceUrl}",
      "realm": "${realm.name}",
      "clientId": "${clientId}",
      "scope": "${scope!''}",
      "locale": "${locale}",
      "darkMode": ${darkMode?c},
      "logo": "${properties.logo!''}",
      "logoUrl": "${properties.logoUrl!''}",
      "referrerName": "${referrerName!''}",
      "referrerUrl": "${referrer_uri!''}",
      "features": {
        "isRegistrationEmailAsUsername": ${realm.registrationEmailAsUsername?c},
        "isEditUserNameAllowed": ${realm.editUsernameAllowed?c},
        "isInternationalizationEnabled": ${realm.isInternationalizationEnabled()?c},
        "isLinkedAccountsEnabled": ${isLinkedAccountsEnabled?c},
        "isMyResourcesEnabled": ${(realm.userManagedAccessAllowed && isAuthorizationEnabled)?c},
        "isViewOrganizationsEnabled": ${isViewOrganizationsEnabled?c},
        "deleteAccountAllowed": ${deleteAccountAllowed?c},
        "updateEmailFeatureEnabled": ${updateEmailFeatureEnabled?c},
        "updateEmailActionEnabled": ${updateEmailActionEnabled?c},
        "isViewApplicationsEnabled": ${isViewApplicationsEnabled?c},
        "isViewGroupsEnabled": ${isViewGroupsEnabled?c},
        "isOid4VciEnabled": ${isOid4VciEnabled?c}
      }
    }
  </script>
</body>
</html>

import "@patternfly/patternfly/patternfly-addons.css";
import "@patternfly/react-core/dist/styles/base.css";
import "console.css";
import "./companion.css";

import Keycloak from "keycloak-js";
import { followDarkMode } from "./darkMode";
import { readEnvironment } from "./environment";
import { dropForeignAnswer } from "./foreignAnswer";
import { start } from "./start";

const environment = readEnvironment();
followDarkMode(environment.darkMode);
dropForeignAnswer();

const app = document.getElementById("app");
if (app) {
  await start(app, environment, new Keycloak({ url: environment.serverBaseUrl, realm: environment.realm, clientId: environment.clientId }));
}

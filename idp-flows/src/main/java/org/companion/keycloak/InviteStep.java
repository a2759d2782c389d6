package org.companion.keycloak;

import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * What all steps in the flows have in common: no state, and nothing that a person must set up.
 * Keycloak's {@code Authenticator} and {@code FormAction} ask for the same four methods, and share
 * no type that does.
 */
abstract class InviteStep {
  public final boolean requiresUser() {
    return false;
  }

  public final boolean configuredFor(KeycloakSession session, RealmModel realm, UserModel user) {
    return true;
  }

  public final void setRequiredActions(KeycloakSession session, RealmModel realm, UserModel user) {}

  public final void close() {}
}

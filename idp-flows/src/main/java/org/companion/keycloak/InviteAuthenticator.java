package org.companion.keycloak;

import org.keycloak.authentication.Authenticator;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** What both authenticators have in common: no state, and nothing that a person must set up. */
abstract class InviteAuthenticator implements Authenticator {
  @Override
  public final boolean requiresUser() {
    return false;
  }

  @Override
  public final boolean configuredFor(KeycloakSession session, RealmModel realm, UserModel user) {
    return true;
  }

  @Override
  public final void setRequiredActions(KeycloakSession session, RealmModel realm, UserModel user) {}

  @Override
  public final void close() {}
}

package org.companion.keycloak;

import jakarta.ws.rs.core.Response.Status;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RoleModel;
import org.keycloak.services.managers.AuthenticationManager.AuthResult;
import org.keycloak.services.resources.admin.AdminAuth;

/**
 * Lets in only a service account that holds the role {@code newcomers} of client {@code companion}.
 */
final class CompanionCaller {
  private static final String CLIENT = "companion";
  private static final String ROLE = "newcomers";

  private CompanionCaller() {}

  static AdminAuth authenticate(KeycloakSession session) throws ProblemException {
    AuthResult caller = Keycloak26.bearer(session);
    if (caller == null) {
      throw new ProblemException(
          Status.UNAUTHORIZED, "unauthenticated", "Send a valid access token of this realm");
    }
    RealmModel realm = session.getContext().getRealm();
    if (caller.user().getServiceAccountClientLink() == null
        || !caller.user().hasRole(role(realm))) {
      throw new ProblemException(
          Status.FORBIDDEN,
          "forbidden",
          "Only a service account with role " + ROLE + " of client " + CLIENT + " may do this");
    }
    return Keycloak26.admin(realm, caller);
  }

  private static RoleModel role(RealmModel realm) throws ProblemException {
    ClientModel client = realm.getClientByClientId(CLIENT);
    RoleModel role = client == null ? null : client.getRole(ROLE);
    if (role == null) {
      throw new ProblemException(
          Status.FORBIDDEN,
          "forbidden",
          "The realm has no client " + CLIENT + " with role " + ROLE);
    }
    return role;
  }
}

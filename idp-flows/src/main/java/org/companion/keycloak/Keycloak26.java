package org.companion.keycloak;

import jakarta.ws.rs.core.MultivaluedMap;
import java.net.URI;
import org.keycloak.authentication.AuthenticationProcessor;
import org.keycloak.events.admin.OperationType;
import org.keycloak.events.admin.ResourceType;
import org.keycloak.http.HttpRequest;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.protocol.oidc.endpoints.AuthorizationEndpoint;
import org.keycloak.services.managers.AppAuthManager;
import org.keycloak.services.managers.AuthenticationManager.AuthResult;
import org.keycloak.services.resources.LoginActionsService;
import org.keycloak.services.resources.admin.AdminAuth;
import org.keycloak.services.resources.admin.AdminEventBuilder;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * What is used of Keycloak's own code beyond its SPI: the first place to look at when it changes.
 * The README says which test guards each.
 */
final class Keycloak26 {
  private Keycloak26() {}

  /** The client note that keeps a parameter of the request that Keycloak itself does not know. */
  static String noteOfParameter(String name) {
    return AuthorizationEndpoint.LOGIN_SESSION_NOTE_ADDITIONAL_REQ_PARAMS_PREFIX + name;
  }

  /** Where the registration form is shown again, also after a rollback. */
  static URI registrationForm(KeycloakSession session, AuthenticationSessionModel authSession) {
    return LoginActionsService.loginActionsBaseUrl(session.getContext().getUri())
        .path(LoginActionsService.REGISTRATION_PATH)
        .queryParam(Constants.CLIENT_ID, authSession.getClient().getClientId())
        .queryParam(Constants.TAB_ID, authSession.getTabId())
        .queryParam(
            Constants.CLIENT_DATA, AuthenticationProcessor.getClientData(session, authSession))
        .build(authSession.getRealm().getName());
  }

  /** Starting this sign-in anew, as signing out does, shows the sign-in whatever it began with. */
  static void restartAsSignIn(AuthenticationSessionModel authSession) {
    authSession.setClientNote(
        AuthorizationEndpoint.APP_INITIATED_FLOW, LoginActionsService.AUTHENTICATE_PATH);
  }

  /**
   * What was posted. Keycloak reads it once for all steps of a form, so what one step changes the
   * later ones get; empty and immutable when no form was posted.
   */
  static MultivaluedMap<String, String> fields(HttpRequest request) {
    return request.getDecodedFormParameters();
  }

  /** Who sent the request's access token; null when it is not valid. */
  static AuthResult bearer(KeycloakSession session) {
    return new AppAuthManager.BearerTokenAuthenticator(session).authenticate();
  }

  static AdminAuth admin(RealmModel realm, AuthResult caller) {
    return new AdminAuth(realm, caller.token(), caller.user(), caller.client());
  }

  /** An admin event {@code ACTION} on an account, to be completed and sent by the caller. */
  static AdminEventBuilder act(
      KeycloakSession session, RealmModel realm, AdminAuth caller, UserModel user) {
    return new AdminEventBuilder(realm, caller, session, session.getContext().getConnection())
        .resource(ResourceType.USER)
        .operation(OperationType.ACTION)
        .resourcePath("users", user.getId(), "companion");
  }
}

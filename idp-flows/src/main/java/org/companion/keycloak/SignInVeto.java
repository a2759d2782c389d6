package org.companion.keycloak;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Set;
import org.jboss.logging.Logger;
import org.keycloak.OAuthErrorException;
import org.keycloak.events.Event;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.models.AbstractKeycloakTransaction;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.representations.idm.OAuth2ErrorRepresentation;
import org.keycloak.utils.MediaTypeMatcher;

/**
 * The last word at the end of a sign-in and wherever tokens are given: for a held account the
 * transaction fails, so that there is no session, and an error is sent in place of what Keycloak
 * had ready to hand out. Where the flows and required actions of the realm are in order, it is
 * never needed.
 */
final class SignInVeto extends AbstractKeycloakTransaction {
  private static final Logger LOG = Logger.getLogger(SignInVeto.class);

  private static final Set<EventType> TOKENS =
      Set.of(
          EventType.CODE_TO_TOKEN,
          EventType.REFRESH_TOKEN,
          EventType.TOKEN_EXCHANGE,
          EventType.PERMISSION_TOKEN,
          EventType.JWT_AUTHORIZATION_GRANT,
          EventType.AUTHREQID_TO_TOKEN,
          EventType.OAUTH2_DEVICE_CODE_TO_TOKEN,
          EventType.OAUTH2_EXTENSION_GRANT,
          EventType.VERIFIABLE_CREDENTIAL_PRE_AUTHORIZED_GRANT);

  private Response refusal = tokenError();

  private SignInVeto() {}

  /** Looks at every successful event of the realm; nearly all are none of its business. */
  static void consider(KeycloakSession session, Event event) {
    boolean signsIn = event.getType() == EventType.LOGIN;
    if (event.getUserId() == null || !signsIn && !TOKENS.contains(event.getType())) {
      return;
    }
    try {
      RealmModel realm = session.realms().getRealm(event.getRealmId());
      UserModel user = session.users().getUserById(realm, event.getUserId());
      Hold hold = user == null ? null : hold(session, realm, user, signsIn);
      if (hold != null) {
        enlist(session).explain(session, realm, event, hold);
      }
    } catch (RuntimeException e) { // Keycloak would log it and go on
      enlist(session);
      throw e;
    }
  }

  private static Hold hold(
      KeycloakSession session, RealmModel realm, UserModel user, boolean signsIn) {
    return signsIn
        ? Hold.atTheEnd(realm, user, session.getContext().getAuthenticationSession())
        : Hold.of(realm, user);
  }

  private static SignInVeto enlist(KeycloakSession session) {
    SignInVeto veto = new SignInVeto();
    session.getTransactionManager().enlistPrepare(veto);
    return veto;
  }

  private void explain(KeycloakSession session, RealmModel realm, Event event, Hold hold) {
    LOG.errorf(
        "%s of account %s by client %s refused: %s. `companion doctor` names what let it come this"
            + " far.",
        event.getType(), event.getUserId(), event.getClientId(), hold.code());
    new EventBuilder(realm, session, session.getContext().getConnection())
        .event(event.getType())
        .client(event.getClientId())
        .user(event.getUserId())
        .error(hold.code());
    if (MediaTypeMatcher.isHtmlRequest(session.getContext().getHttpRequest().getHttpHeaders())) {
      refusal = page(session);
    }
  }

  private static Response page(KeycloakSession session) {
    return session
        .getProvider(LoginFormsProvider.class)
        .setError("inviteSignInRefused")
        .createErrorPage(Response.Status.FORBIDDEN);
  }

  /** In Keycloak's own words for an account that has something before it. */
  static Response tokenError() {
    return Response.status(Response.Status.BAD_REQUEST)
        .type(MediaType.APPLICATION_JSON_TYPE)
        .entity(
            new OAuth2ErrorRepresentation(
                OAuthErrorException.INVALID_GRANT, "Account is not fully set up"))
        .build();
  }

  @Override
  protected void commitImpl() {
    throw new WebApplicationException(refusal);
  }

  @Override
  protected void rollbackImpl() {}
}

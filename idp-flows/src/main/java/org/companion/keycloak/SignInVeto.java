package org.companion.keycloak;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Set;
import org.jboss.logging.Logger;
import org.keycloak.OAuthErrorException;
import org.keycloak.cookie.CookieProvider;
import org.keycloak.cookie.CookieType;
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
 * transaction fails, so that there is no session, and what Keycloak had ready to hand out is
 * replaced. Where the flows and required actions of the realm are in order, it is never needed.
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

  private final KeycloakSession session;
  private final Response refusal;

  private SignInVeto(KeycloakSession session, Response refusal) {
    this.session = session;
    this.refusal = refusal;
  }

  /** Looks at every successful event of the realm; nearly all are none of its business. */
  static void consider(KeycloakSession session, Event event) {
    boolean signsIn = event.getType() == EventType.LOGIN;
    if (event.getUserId() == null || !signsIn && !TOKENS.contains(event.getType())) {
      return;
    }
    RealmModel realm = session.realms().getRealm(event.getRealmId());
    UserModel user = session.users().getUserById(realm, event.getUserId());
    if (user == null) {
      return;
    }
    Hold hold =
        signsIn
            ? Hold.atTheEnd(realm, user, session.getContext().getAuthenticationSession())
            : Hold.of(realm, user);
    if (hold != null) {
      veto(session, realm, event, hold);
    }
  }

  private static void veto(KeycloakSession session, RealmModel realm, Event event, Hold hold) {
    LOG.errorf(
        "%s of account %s by client %s refused: %s. Run `companion doctor` to see what let it come this far.",
        event.getType(), event.getUserId(), event.getClientId(), hold.code());
    new EventBuilder(realm, session, session.getContext().getConnection())
        .event(event.getType())
        .client(event.getClientId())
        .user(event.getUserId())
        .error(hold.code());
    boolean inBrowser =
        MediaTypeMatcher.isHtmlRequest(session.getContext().getHttpRequest().getHttpHeaders());
    Response refusal = inBrowser ? page(session) : tokenError();
    session.getTransactionManager().enlistPrepare(new SignInVeto(session, refusal));
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
    CookieProvider cookies = session.getProvider(CookieProvider.class);
    cookies.expire(CookieType.IDENTITY);
    cookies.expire(CookieType.SESSION);
    throw new WebApplicationException(refusal);
  }

  @Override
  protected void rollbackImpl() {}
}

package org.companion.keycloak;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import org.jboss.logging.Logger;
import org.keycloak.authentication.FormContext;
import org.keycloak.events.EventType;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.ErrorPageException;
import org.keycloak.sessions.AuthenticationSessionModel;

/** The page that says why there is no form or no account, with a status of its own. */
final class RefusalPage {
  private static final Logger LOG = Logger.getLogger(RefusalPage.class);
  private static final String TEMPLATE = "invite-refused.ftl";
  private static final int RETRY_AFTER_SECONDS = 30;

  private RefusalPage() {}

  static Response of(
      KeycloakSession session, AuthenticationSessionModel authSession, Refusal refusal) {
    LoginFormsProvider form =
        session
            .getProvider(LoginFormsProvider.class)
            .setAuthenticationSession(authSession)
            .setAttribute("inviteCode", refusal.code());
    if (refusal.landingUrl() != null) {
      form.setAttribute("landingUrl", refusal.landingUrl());
    }
    if (refusal.mayRetry()) {
      form.setAttribute("retryUrl", Keycloak26.registrationForm(session, authSession).toString());
      form.setAttribute("retryAfterSeconds", RETRY_AFTER_SECONDS);
    }
    Response.ResponseBuilder page =
        Response.fromResponse(form.createForm(TEMPLATE)).status(refusal.status());
    if (refusal.mayRetry()) {
      page.header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
    }
    return page.build();
  }

  /**
   * Ends a submitted form with that page and rolls the transaction back, so that no account is
   * left; the audit event survives because errors are written by themselves.
   */
  static ErrorPageException rollback(FormContext context, Refusal refusal) {
    // First of all: whatever else is thrown from here, Keycloak would commit the account after it.
    context.getSession().getTransactionManager().setRollbackOnly();
    AuthenticationSessionModel authSession = context.getAuthenticationSession();
    context
        .newEvent()
        .event(EventType.REGISTER)
        .client(authSession.getClient())
        .error(refusal.code());
    return new ErrorPageException(of(context.getSession(), authSession, refusal));
  }

  /**
   * The same after an exception. A database may answer nothing more in a transaction that broke;
   * where the page needs it, a request of its own shows the form, or why there is none.
   */
  static ErrorPageException rollbackBroken(FormContext context) {
    try {
      return rollback(context, Refusal.UNAVAILABLE);
    } catch (RuntimeException e) {
      LOG.error("A registration that broke can't show why", e);
      URI form =
          Keycloak26.registrationForm(context.getSession(), context.getAuthenticationSession());
      return new ErrorPageException(Response.seeOther(form).build());
    }
  }
}

package org.companion.keycloak;

import jakarta.ws.rs.core.Response;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.AuthenticationFlowError;
import org.keycloak.authentication.Authenticator;
import org.keycloak.authentication.AuthenticatorFactory;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.services.messages.Messages;

/**
 * Last in every flow that signs people in: the flow does not end, and no session begins, before a
 * human has approved the account.
 */
public final class InviteHold extends InviteStep implements Authenticator {
  static final String ID = "invite-hold";

  /** Where Keycloak runs the flow for a password that comes without a page. */
  private static final String TOKEN_ENDPOINT = "token";

  @Override
  public void authenticate(AuthenticationFlowContext context) {
    hold(context, null);
  }

  @Override
  public void action(AuthenticationFlowContext context) {
    hold(context, WaitingPage.note(context.getHttpRequest()));
  }

  private static void hold(AuthenticationFlowContext context, String note) {
    UserModel user = context.getUser();
    if (user == null) { // deleted while the page was open: as where it was switched off
      context.failure(
          AuthenticationFlowError.USER_DISABLED,
          context
              .form()
              .setError(Messages.ACCOUNT_DISABLED)
              .createErrorPage(Response.Status.BAD_REQUEST));
      return;
    }
    Hold hold = Hold.undecided(user);
    if (hold == null) {
      context.success();
      return;
    }
    context.getEvent().detail(ID, hold.code());
    if (TOKEN_ENDPOINT.equals(context.getFlowPath())) {
      context.failure(AuthenticationFlowError.INVALID_USER, SignInVeto.tokenError());
    } else {
      // Without the flow's own line of who is signing in: who waits here knows.
      context.challenge(
          WaitingPage.of(
              context.getSession(),
              context.form().setAuthContext(null),
              context.getAuthenticationSession(),
              user,
              note));
    }
  }

  /** One stateless authenticator for all sessions. */
  public static final class Factory extends InviteStepFactory<Authenticator>
      implements AuthenticatorFactory {
    private static final InviteHold HOLD = new InviteHold();

    @Override
    public Authenticator create(KeycloakSession session) {
      return HOLD;
    }

    @Override
    public String getId() {
      return ID;
    }

    @Override
    public String getDisplayType() {
      return "Invite hold";
    }

    @Override
    public String getHelpText() {
      return "Ends the sign-in only for accounts that wait for nobody's approval. Must stand last.";
    }
  }
}

package org.companion.keycloak;

import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.AuthenticationFlowError;
import org.keycloak.authentication.Authenticator;
import org.keycloak.authentication.AuthenticatorFactory;
import org.keycloak.events.EventType;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;

/** First in the registration flow: nobody sees the form without a good invite. */
public final class InviteGate extends InviteStep implements Authenticator {
  @Override
  public void authenticate(AuthenticationFlowContext context) {
    String handle = InviteNotes.handle(context.getAuthenticationSession());
    if (handle == null) {
      boolean byOrganization =
          context.getUriInfo().getQueryParameters().containsKey(Constants.TOKEN);
      refuse(context, byOrganization ? Refusal.BY_ORGANIZATION : Refusal.MISSING);
      return;
    }
    CompanionClient companion = context.getSession().getProvider(CompanionClient.class);
    var decision = companion.inspect(new Message.Inspect(context.getRealm().getName(), handle));
    if (decision instanceof Decision.Accept<Invitation> accepted) {
      InviteNotes.keep(context.getAuthenticationSession(), accepted.value());
      context.success();
    } else if (decision instanceof Decision.Refuse<Invitation> refused) {
      refuse(context, refused.refusal());
    } else {
      refuse(context, Refusal.UNAVAILABLE);
    }
  }

  private static void refuse(AuthenticationFlowContext context, Refusal refusal) {
    context.getEvent().event(EventType.REGISTER).error(refusal.code());
    context.failureChallenge(
        AuthenticationFlowError.ACCESS_DENIED,
        RefusalPage.of(context.getSession(), context.getAuthenticationSession(), refusal));
  }

  @Override
  public void action(AuthenticationFlowContext context) {
    authenticate(context);
  }

  /** One stateless authenticator for all sessions. */
  public static final class Factory extends InviteStepFactory<Authenticator>
      implements AuthenticatorFactory {
    private static final InviteGate GATE = new InviteGate();

    @Override
    public Authenticator create(KeycloakSession session) {
      return GATE;
    }

    @Override
    public String getId() {
      return "invite-gate";
    }

    @Override
    public String getDisplayType() {
      return "Invite gate";
    }

    @Override
    public String getHelpText() {
      return "Shows the registration form only to people whose invite the companion accepts.";
    }
  }
}

package org.companion.keycloak;

import java.util.List;
import org.keycloak.Config;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.AuthenticationFlowError;
import org.keycloak.authentication.Authenticator;
import org.keycloak.authentication.AuthenticatorFactory;
import org.keycloak.events.EventType;
import org.keycloak.models.AuthenticationExecutionModel.Requirement;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.provider.ProviderConfigProperty;

/** First in the registration flow: nobody sees the form without a good invite. */
public final class InviteGate implements Authenticator {
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

  @Override
  public boolean requiresUser() {
    return false;
  }

  @Override
  public boolean configuredFor(KeycloakSession session, RealmModel realm, UserModel user) {
    return true;
  }

  @Override
  public void setRequiredActions(KeycloakSession session, RealmModel realm, UserModel user) {}

  @Override
  public void close() {}

  /** One stateless authenticator for all sessions. */
  public static final class Factory implements AuthenticatorFactory {
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

    @Override
    public String getReferenceCategory() {
      return null;
    }

    @Override
    public boolean isConfigurable() {
      return false;
    }

    @Override
    public Requirement[] getRequirementChoices() {
      return new Requirement[] {Requirement.REQUIRED, Requirement.DISABLED};
    }

    @Override
    public boolean isUserSetupAllowed() {
      return false;
    }

    @Override
    public List<ProviderConfigProperty> getConfigProperties() {
      return List.of();
    }

    @Override
    public void init(Config.Scope config) {}

    @Override
    public void postInit(KeycloakSessionFactory factory) {}

    @Override
    public void close() {}
  }
}

package org.companion.keycloak;

import org.keycloak.Config;
import org.keycloak.authentication.InitiatedActionSupport;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.authentication.RequiredActionFactory;
import org.keycloak.authentication.RequiredActionProvider;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.UserModel;

/**
 * Shows the waiting page in flows that don't end with {@link InviteHold}. Keycloak lets people pass
 * a required action in more than one case: this alone holds nobody.
 */
public final class InviteApproval implements RequiredActionProvider {
  static final String ID = "invite-approval";

  /** So that Keycloak shows the page to whoever asks for this action by its name. */
  @Override
  public InitiatedActionSupport initiatedActionSupport() {
    return InitiatedActionSupport.SUPPORTED;
  }

  @Override
  public void evaluateTriggers(RequiredActionContext context) {
    UserModel user = context.getUser();
    if (Hold.undecided(user) != null) {
      user.addRequiredAction(ID);
      context.getAuthenticationSession().removeClientNote(Constants.KC_ACTION);
    } else {
      user.removeRequiredAction(ID);
    }
  }

  @Override
  public void requiredActionChallenge(RequiredActionContext context) {
    show(context, null);
  }

  @Override
  public void processAction(RequiredActionContext context) {
    show(context, WaitingPage.note(context.getHttpRequest()));
  }

  private static void show(RequiredActionContext context, String note) {
    UserModel user = context.getUser();
    if (user == null || !user.isEnabled()) { // deleted or denied while the page was open
      context.failure();
    } else if (Hold.undecided(user) == null) {
      context.success();
    } else {
      context.challenge(
          WaitingPage.of(
              context.getSession(),
              context.form(),
              context.getAuthenticationSession(),
              user,
              note));
    }
  }

  @Override
  public void close() {}

  /** One stateless action for all sessions. */
  public static final class Factory implements RequiredActionFactory {
    private static final InviteApproval APPROVAL = new InviteApproval();

    @Override
    public RequiredActionProvider create(KeycloakSession session) {
      return APPROVAL;
    }

    @Override
    public String getId() {
      return ID;
    }

    @Override
    public String getDisplayText() {
      return "Wait for approval";
    }

    @Override
    public void init(Config.Scope config) {}

    @Override
    public void postInit(KeycloakSessionFactory factory) {}

    @Override
    public void close() {}
  }
}

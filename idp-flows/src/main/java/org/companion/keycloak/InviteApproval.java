package org.companion.keycloak;

import org.keycloak.Config;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.authentication.RequiredActionFactory;
import org.keycloak.authentication.RequiredActionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.UserModel;
import org.keycloak.protocol.oidc.endpoints.AuthorizationEndpoint;
import org.keycloak.services.resources.LoginActionsService;

/** Holds a newcomer back, without any token, until a human has approved. */
public final class InviteApproval implements RequiredActionProvider {
  static final String ID = "invite-approval";

  @Override
  public void evaluateTriggers(RequiredActionContext context) {
    UserModel user = context.getUser();
    Approval approval = Approval.of(user);
    if (approval == Approval.PENDING || approval == Approval.DENIED) {
      user.addRequiredAction(ID);
    } else if (approval == Approval.APPROVED) {
      user.removeRequiredAction(ID);
    }
  }

  @Override
  public void requiredActionChallenge(RequiredActionContext context) {
    show(context, null);
  }

  @Override
  public void processAction(RequiredActionContext context) {
    show(context, context.getHttpRequest().getDecodedFormParameters().getFirst(WaitingPage.NOTE));
  }

  private static void show(RequiredActionContext context, String note) {
    UserModel user = context.getUser();
    if (user == null || !user.isEnabled()) { // deleted or denied while the page was open
      context.failure();
    } else if (Approval.of(user) == Approval.APPROVED) {
      context.success();
    } else {
      // Signing out starts the flow anew that began here: let it be a sign-in.
      context
          .getAuthenticationSession()
          .setClientNote(
              AuthorizationEndpoint.APP_INITIATED_FLOW, LoginActionsService.AUTHENTICATE_PATH);
      context.challenge(WaitingPage.of(context, user, note));
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

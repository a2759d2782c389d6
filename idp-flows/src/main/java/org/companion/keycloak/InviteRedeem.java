package org.companion.keycloak;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.keycloak.authentication.FormAction;
import org.keycloak.authentication.FormActionFactory;
import org.keycloak.authentication.FormContext;
import org.keycloak.authentication.ValidationContext;
import org.keycloak.events.Details;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.services.ErrorPageException;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Stands after user creation and password: claims the invite for the account that is about to be
 * committed and applies the answer in the same transaction, or rolls everything back.
 */
public final class InviteRedeem extends InviteStep implements FormAction {
  private static final Logger LOG = Logger.getLogger(InviteRedeem.class);

  @Override
  public void success(FormContext context) {
    try {
      redeem(context);
    } catch (ErrorPageException e) {
      throw e;
    } catch (RuntimeException e) { // Keycloak would commit the account in spite of it
      LOG.error("A registration broke and is rolled back", e);
      throw RefusalPage.rollbackBroken(context);
    }
  }

  private static void redeem(FormContext context) {
    AuthenticationSessionModel authSession = context.getAuthenticationSession();
    Invitation invitation = InviteNotes.invitation(authSession);
    if (invitation == null) {
      throw RefusalPage.rollback(context, Refusal.MISSING);
    }
    UserModel user = context.getUser();
    if (!invitation.address().toLowerCase(Locale.ROOT).equals(user.getEmail())) {
      throw RefusalPage.rollback(context, Refusal.MISMATCH);
    }
    Message.Claim claim = claim(context.getRealm(), authSession, user);
    ClaimEnd end = ClaimEnd.watch(context.getSession(), claim);
    CompanionClient companion = context.getSession().getProvider(CompanionClient.class);
    var decision = companion.claim(claim);
    if (decision instanceof Decision.Accept<Grant> accepted) {
      apply(context, user, accepted.value());
      end.granted(accepted.value().inviteId());
    } else if (decision instanceof Decision.Refuse<Grant> refused) {
      end.refused();
      throw RefusalPage.rollback(context, refused.refusal());
    } else {
      throw RefusalPage.rollback(context, Refusal.UNAVAILABLE);
    }
  }

  private static Message.Claim claim(
      RealmModel realm, AuthenticationSessionModel authSession, UserModel user) {
    String name =
        Stream.of(user.getFirstName(), user.getLastName())
            .filter(part -> part != null && !part.isBlank())
            .collect(Collectors.joining(" "));
    return new Message.Claim(
        realm.getName(),
        InviteNotes.handle(authSession),
        InviteNotes.claimKey(authSession),
        user.getId(),
        user.getEmail(),
        name.isEmpty() ? user.getUsername() : name,
        Answers.of(realm, user));
  }

  private static void apply(FormContext context, UserModel user, Grant grant) {
    RealmModel realm = context.getRealm();
    if (grant.approvalRequired()) {
      if (!Hold.isOn(realm, InviteApproval.ID)) {
        throw RefusalPage.rollback(context, Refusal.NO_APPROVAL);
      }
      Approval.hold(context.getSession(), realm, user);
    }
    if (grant.addressVerified()) {
      user.setEmailVerified(true);
    } else {
      if (!Hold.isOn(realm, UserModel.RequiredAction.VERIFY_EMAIL.name())) {
        LOG.error("Required action VERIFY_EMAIL is off in the realm: an address can't be verified");
        throw RefusalPage.rollback(context, Refusal.UNAVAILABLE);
      }
      user.addRequiredAction(UserModel.RequiredAction.VERIFY_EMAIL);
    }
    user.setSingleAttribute(Approval.INVITE_ID, grant.inviteId());
    try {
      Memberships.resolve(context.getSession(), realm, grant.memberships()).grant(user);
    } catch (ProblemException e) {
      LOG.errorf("Invite %s can't be granted: %s", grant.inviteId(), e.getMessage());
      throw RefusalPage.rollback(context, Refusal.UNAVAILABLE);
    }
  }

  @Override
  public void buildPage(FormContext context, LoginFormsProvider form) {}

  @Override
  public void validate(ValidationContext context) {
    // User creation put these there; for every typo they would go to the log with the error.
    context
        .getEvent()
        .removeDetail(Details.EMAIL)
        .removeDetail(Details.USERNAME)
        .removeDetail(Details.FIRST_NAME)
        .removeDetail(Details.LAST_NAME);
    context.success();
  }

  /** One stateless action for all sessions. */
  public static final class Factory extends InviteStepFactory<FormAction>
      implements FormActionFactory {
    private static final InviteRedeem REDEEM = new InviteRedeem();

    @Override
    public FormAction create(KeycloakSession session) {
      return REDEEM;
    }

    @Override
    public String getId() {
      return "invite-redeem";
    }

    @Override
    public String getDisplayType() {
      return "Invite redeem";
    }

    @Override
    public String getHelpText() {
      return "Claims the invite and applies what it grants. Must stand last.";
    }
  }
}

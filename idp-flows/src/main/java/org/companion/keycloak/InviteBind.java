package org.companion.keycloak;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.keycloak.authentication.FormAction;
import org.keycloak.authentication.FormActionFactory;
import org.keycloak.authentication.FormContext;
import org.keycloak.authentication.ValidationContext;
import org.keycloak.events.Details;
import org.keycloak.events.EventType;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.models.AbstractKeycloakTransaction;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;

/** Stands before user creation and puts the invited address in place of whatever was posted. */
public final class InviteBind extends InviteStep implements FormAction {
  @Override
  public void buildPage(FormContext context, LoginFormsProvider form) {
    Invitation invitation = InviteNotes.invitation(context.getAuthenticationSession());
    if (invitation == null) {
      throw RefusalPage.rollback(context, Refusal.MISSING);
    }
    MultivaluedMap<String, String> fields =
        new MultivaluedHashMap<>(Keycloak26.fields(context.getHttpRequest()));
    fields.putSingle(UserModel.EMAIL, invitation.address());
    form.setFormData(fields);
    form.setAttribute("inviteAddress", invitation.address());
    form.setAttribute("inviterName", invitation.inviterName());
    form.setAttribute("communityName", invitation.communityName());
  }

  @Override
  public void validate(ValidationContext context) {
    Invitation invitation = InviteNotes.invitation(context.getAuthenticationSession());
    if (invitation == null) {
      throw RefusalPage.rollback(context, Refusal.MISSING);
    }
    MultivaluedMap<String, String> fields = Keycloak26.fields(context.getHttpRequest());
    if (fields.isEmpty()) { // not a form: the map is immutable and the built-in steps fail on it
      throw new WebApplicationException(
          Response.seeOther(
                  Keycloak26.registrationForm(
                      context.getSession(), context.getAuthenticationSession()))
              .build());
    }
    fields.putSingle(UserModel.EMAIL, invitation.address());
    free(context, invitation.address());
    fields.replaceAll((field, values) -> values.size() > 1 ? answered(values) : values);
    context.getEvent().detail(Approval.INVITE_ID, invitation.inviteId());
    context.success();
  }

  /**
   * Whoever has an address in an account without ever having proved it gives it to its owner: if an
   * account comes of this form.
   */
  private static void free(ValidationContext context, String address) {
    UserModel holder = context.getSession().users().getUserByEmail(context.getRealm(), address);
    if (holder == null || holder.isEmailVerified() || Approval.of(holder) == Approval.DENIED) {
      return;
    }
    holder.setEmail(null);
    InviteNotes.keepFormerHolder(context.getAuthenticationSession(), holder.getId());
    context
        .getSession()
        .getTransactionManager()
        .enlistPrepare(
            new AbstractKeycloakTransaction() {
              @Override
              protected void commitImpl() {
                if (context.getUser() == null) {
                  holder.setEmail(address);
                }
              }

              @Override
              protected void rollbackImpl() {}
            });
  }

  /**
   * Keycloak's check boxes come with an empty value beside those that are ticked, with which a
   * question that must be answered would never count as answered.
   */
  private static List<String> answered(List<String> values) {
    return values.stream().filter(value -> !value.isBlank()).toList();
  }

  @Override
  public void success(FormContext context) {
    String holder = InviteNotes.takeFormerHolder(context.getAuthenticationSession());
    if (holder != null) {
      context
          .newEvent()
          .event(EventType.UPDATE_EMAIL)
          .user(holder)
          .detail(Details.REASON, "address_never_proved")
          .success();
    }
  }

  /** One stateless action for all sessions. */
  public static final class Factory extends InviteStepFactory<FormAction>
      implements FormActionFactory {
    private static final InviteBind BIND = new InviteBind();

    @Override
    public FormAction create(KeycloakSession session) {
      return BIND;
    }

    @Override
    public String getId() {
      return "invite-bind";
    }

    @Override
    public String getDisplayType() {
      return "Invite bind";
    }

    @Override
    public String getHelpText() {
      return "Locks the form to the invited address. Must stand before user creation.";
    }
  }
}

package org.companion.keycloak;

import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.http.HttpRequest;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/** What a waiting newcomer sees: how the case stands, and a box to write to the moderators. */
final class WaitingPage {
  /** The box's name in the form. */
  private static final String NOTE = "note";

  private static final String TEMPLATE = "invite-waiting.ftl";

  private WaitingPage() {}

  /** What the newcomer wrote just now; null for nothing. */
  static String note(HttpRequest request) {
    return Keycloak26.fields(request).getFirst(NOTE);
  }

  /**
   * @param note what the newcomer wrote just now; null for nothing
   */
  static Response of(
      KeycloakSession session,
      LoginFormsProvider form,
      AuthenticationSessionModel authSession,
      UserModel user,
      String note) {
    Keycloak26.restartAsSignIn(authSession);
    Invitation invitation = InviteNotes.invitation(authSession);
    if (invitation != null) { // unknown at a later login
      form.setAttribute("inviterName", invitation.inviterName());
      form.setAttribute("communityName", invitation.communityName());
    }
    Waiting waiting = ask(session, authSession, user, note);
    Instant since = since(user, waiting);
    if (since != null) {
      form.setAttribute("waitingSince", since.truncatedTo(ChronoUnit.SECONDS).toString());
    }
    if (waiting != null) {
      form.setAttribute("usualWaitSeconds", waiting.usualWaitSeconds());
      form.setAttribute("question", waiting.question());
      form.setAttribute("noteAllowed", waiting.mayAdd());
      form.setAttribute("notesAdded", waiting.added());
    }
    if (note != null) {
      answer(form, note, waiting);
    }
    return form.createForm(TEMPLATE);
  }

  /** Null when nobody answers, and for an account that waits without an invite. */
  private static Waiting ask(
      KeycloakSession session,
      AuthenticationSessionModel authSession,
      UserModel user,
      String note) {
    String inviteId = user.getFirstAttribute(Approval.INVITE_ID);
    if (inviteId == null) {
      return null;
    }
    CompanionClient companion = session.getProvider(CompanionClient.class);
    return companion.ask(
        new Message.Waiting(authSession.getRealm().getName(), inviteId, user.getId(), note));
  }

  private static Instant since(UserModel user, Waiting waiting) {
    if (waiting != null && waiting.since() != null) {
      return waiting.since();
    }
    Long created = user.getCreatedTimestamp();
    return created == null ? null : Instant.ofEpochMilli(created);
  }

  /** What was not kept stays in the box. */
  private static void answer(LoginFormsProvider form, String note, Waiting waiting) {
    if (waiting != null && waiting.refusal() == null) {
      form.setAttribute("noteKept", true);
      return;
    }
    form.setAttribute("noteText", note);
    if (waiting == null) {
      form.setAttribute("noteRefusal", Refusal.UNAVAILABLE.code());
    } else {
      form.setAttribute("noteRefusal", waiting.refusal().code());
      form.setAttribute("noteArgument", waiting.refusal().argument());
    }
  }
}

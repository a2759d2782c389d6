package org.companion.keycloak;

import java.util.stream.Stream;
import org.keycloak.common.util.Time;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionProvider;

/** Whether an account waits for a human: user attribute {@code invite_approval} is the truth. */
enum Approval {
  PENDING("pending"),
  APPROVED("approved"),
  DENIED("denied");

  static final String INVITE_ID = "invite_id";
  private static final String ATTRIBUTE = "invite_approval";

  private final String value;

  Approval(String value) {
    this.value = value;
  }

  String value() {
    return value;
  }

  /** Null for an account that need not wait; one that is held without the attribute does. */
  static Approval of(UserModel user) {
    Approval marked = marked(user);
    return marked == null && isHeld(user) ? PENDING : marked;
  }

  /** What the attribute says; null for nothing that is known. */
  static Approval marked(UserModel user) {
    String value = user.getFirstAttribute(ATTRIBUTE);
    return Stream.of(values())
        .filter(approval -> approval.value.equals(value))
        .findFirst()
        .orElse(null);
  }

  static boolean isHeld(UserModel user) {
    return user.getRequiredActionsStream().anyMatch(InviteApproval.ID::equals);
  }

  /** Whoever is signed in meanwhile is not any more. */
  static void hold(KeycloakSession session, RealmModel realm, UserModel user) {
    user.setSingleAttribute(ATTRIBUTE, PENDING.value);
    user.addRequiredAction(InviteApproval.ID);
    end(session, realm, user);
  }

  static void approve(UserModel user) {
    user.setSingleAttribute(ATTRIBUTE, APPROVED.value);
    user.removeRequiredAction(InviteApproval.ID);
  }

  /** The account stays held, so that switching it on again is not enough to let it in. */
  static void deny(KeycloakSession session, RealmModel realm, UserModel user) {
    user.setSingleAttribute(ATTRIBUTE, DENIED.value);
    user.addRequiredAction(InviteApproval.ID);
    user.setEnabled(false);
    end(session, realm, user);
  }

  /** Refresh tokens look at the session, access tokens at the time; both outlive a mark. */
  private static void end(KeycloakSession session, RealmModel realm, UserModel user) {
    UserSessionProvider sessions = session.sessions();
    sessions.removeUserSessions(realm, user);
    sessions
        .getOfflineUserSessionsStream(realm, user)
        .toList()
        .forEach(offline -> sessions.removeOfflineUserSession(realm, offline));
    session.users().setNotBeforeForUser(realm, user, Math.toIntExact(Time.currentTimeSeconds()));
  }
}

package org.companion.keycloak;

import org.keycloak.models.UserModel;

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
    String value = user.getFirstAttribute(ATTRIBUTE);
    for (Approval approval : values()) {
      if (approval.value.equals(value)) {
        return approval;
      }
    }
    return isHeld(user) ? PENDING : null;
  }

  static boolean isHeld(UserModel user) {
    return user.getRequiredActionsStream().anyMatch(InviteApproval.ID::equals);
  }

  static void hold(UserModel user) {
    user.setSingleAttribute(ATTRIBUTE, PENDING.value);
    user.addRequiredAction(InviteApproval.ID);
  }

  static void approve(UserModel user) {
    user.setSingleAttribute(ATTRIBUTE, APPROVED.value);
    user.removeRequiredAction(InviteApproval.ID);
  }

  /** The account stays held, so that switching it on again is not enough to let it in. */
  static void deny(UserModel user) {
    user.setSingleAttribute(ATTRIBUTE, DENIED.value);
    user.addRequiredAction(InviteApproval.ID);
    user.setEnabled(false);
  }
}

package org.companion.keycloak;

import org.keycloak.models.UserModel;

/** What an admin's edit of an account means for its approval. */
enum AccountEdit {
  NOTHING,
  APPROVE,
  HOLD,
  DENY;

  /**
   * What an edit can change of an approval.
   *
   * @param mark what the attribute says; null for nothing
   * @param held whether the required action stands
   */
  record State(Approval mark, boolean held, boolean enabled) {
    static State of(UserModel user) {
      return new State(Approval.marked(user), Approval.isHeld(user), user.isEnabled());
    }

    private Approval approval() {
      return mark == null && held ? Approval.PENDING : mark;
    }
  }

  /**
   * A denial ends by the attribute alone. Of a hold whose mark is gone but whose action stands
   * nobody can say who took it away: it counts as denied.
   */
  static AccountEdit of(State before, State after) {
    Approval was = before.approval();
    if (after.mark() == null) {
      return markless(before, after);
    }
    boolean heldAnew = after.held() && !before.held();
    boolean freed = before.held() && !after.held();
    return switch (after.mark()) {
      case DENIED -> was != Approval.DENIED || !after.held() || after.enabled() ? DENY : NOTHING;
      case APPROVED -> was != Approval.APPROVED ? APPROVE : heldAnew ? HOLD : NOTHING;
      case PENDING -> was != Approval.PENDING ? HOLD : freed ? APPROVE : NOTHING;
    };
  }

  private static AccountEdit markless(State before, State after) {
    Approval was = before.approval();
    if (was == Approval.DENIED) {
      return DENY;
    }
    if (was != Approval.PENDING) {
      return after.held() ? HOLD : NOTHING;
    }
    if (!after.held()) {
      return APPROVE;
    }
    return before.mark() == null ? NOTHING : DENY;
  }
}

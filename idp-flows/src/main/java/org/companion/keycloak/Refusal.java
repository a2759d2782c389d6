package org.companion.keycloak;

import jakarta.ws.rs.core.Response.Status;

/** Why there will be no account: a stable code, and where to go on (null when nobody said). */
record Refusal(String code, String landingUrl) {
  static final Refusal MISSING = new Refusal("invite_missing", null);

  /** Came with the link of Keycloak's own "Invite member", which nothing here stands behind. */
  static final Refusal BY_ORGANIZATION = new Refusal("invite_by_organization", null);

  static final Refusal MISMATCH = new Refusal("address_mismatch", null);
  static final Refusal UNAVAILABLE = new Refusal("companion_unavailable", null);
  static final Refusal NO_APPROVAL = new Refusal("approval_unavailable", null);

  boolean mayRetry() {
    return code.equals(UNAVAILABLE.code);
  }

  Status status() {
    return switch (code) {
      case "invite_unknown" -> Status.NOT_FOUND;
      case "invite_expired",
          "invite_revoked",
          "invite_redeemed",
          "invite_declined",
          "invite_denied",
          "inviter_gone" ->
          Status.GONE;
      case "invite_in_use" -> Status.CONFLICT;
      case "inviting_paused", "companion_unavailable", "approval_unavailable" ->
          Status.SERVICE_UNAVAILABLE;
      default -> Status.FORBIDDEN;
    };
  }
}

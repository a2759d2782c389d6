package org.companion.keycloak;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserModel.RequiredAction;
import org.keycloak.sessions.AuthenticationSessionModel;

/** Why nobody may be signed in to an account. */
enum Hold {
  WAITING,
  DENIED,
  ADDRESS_UNPROVEN,
  /** Only the end of a sign-in asks for it: Keycloak itself puts these actions before people. */
  ACTION_OWED;

  /** The name in events and log lines. */
  String code() {
    return "account_" + name().toLowerCase(Locale.ROOT);
  }

  /** Null for an account that may be signed in to. */
  static Hold of(RealmModel realm, UserModel user) {
    Hold undecided = undecided(user);
    return undecided == null && owesProof(realm, user) ? ADDRESS_UNPROVEN : undecided;
  }

  /** Null unless a human has to decide, or has decided against. */
  static Hold undecided(UserModel user) {
    Approval approval = Approval.of(user);
    return switch (approval == null ? Approval.APPROVED : approval) {
      case PENDING -> WAITING;
      case DENIED -> DENIED;
      case APPROVED -> null;
    };
  }

  /**
   * As {@link #of}, and whether one of Keycloak's own required actions still stands, which a
   * sign-in that is in order has behind it when it ends.
   *
   * @param session null where the sign-in has no pages
   */
  static Hold atTheEnd(RealmModel realm, UserModel user, AuthenticationSessionModel session) {
    Hold hold = of(realm, user);
    return hold == null && owesAction(realm, user, session) ? ACTION_OWED : hold;
  }

  /** An invited account owes it even while the realm has the action switched off. */
  private static boolean owesProof(RealmModel realm, UserModel user) {
    String action = RequiredAction.VERIFY_EMAIL.name();
    return !user.isEmailVerified()
        && user.getRequiredActionsStream().anyMatch(action::equals)
        && (user.getFirstAttribute(Approval.INVITE_ID) != null || isOn(realm, action));
  }

  private static boolean owesAction(
      RealmModel realm, UserModel user, AuthenticationSessionModel session) {
    Stream<String> ofSession =
        session == null ? Stream.empty() : session.getRequiredActions().stream();
    Set<String> owed =
        Stream.concat(user.getRequiredActionsStream(), ofSession).collect(Collectors.toSet());
    return Stream.of(RequiredAction.values())
        .filter(action -> action != RequiredAction.VERIFY_EMAIL || !user.isEmailVerified())
        .map(Enum::name)
        .anyMatch(action -> owed.contains(action) && isOn(realm, action));
  }

  /** Keycloak lets people pass who have a required action that is missing or off. */
  static boolean isOn(RealmModel realm, String action) {
    var model = realm.getRequiredActionProviderByAlias(action);
    return model != null && model.isEnabled();
  }
}

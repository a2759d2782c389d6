package org.companion.keycloak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.RETURNS_DEEP_STUBS;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;

class ApprovalTest {
  @ParameterizedTest
  @CsvSource({
    "pending, false, PENDING",
    "approved, true, APPROVED",
    "denied, true, DENIED",
    ", true, PENDING",
    "nonsense, true, PENDING",
    ", false, ",
    "nonsense, false, "
  })
  void The_attribute_is_the_truth_and_a_held_account_without_it_waits(
      String attribute, boolean held, Approval expected) {
    assertThat(Approval.of(user(attribute, held))).isEqualTo(expected);
  }

  @Test
  void A_denied_account_is_switched_off_stays_held_and_loses_all_sessions() {
    UserModel user = user("pending", true);
    RealmModel realm = mock(RealmModel.class);
    KeycloakSession session = mock(KeycloakSession.class, RETURNS_DEEP_STUBS);
    UserSessionModel offline = mock(UserSessionModel.class);
    when(session.sessions().getOfflineUserSessionsStream(realm, user))
        .thenReturn(Stream.of(offline));
    Approval.deny(session, realm, user);
    verify(session.sessions()).removeUserSessions(realm, user);
    verify(session.sessions()).removeOfflineUserSession(realm, offline);
    verify(session.users()).setNotBeforeForUser(eq(realm), eq(user), anyInt());
    verify(user).setSingleAttribute("invite_approval", "denied");
    verify(user).addRequiredAction("invite-approval");
    verify(user).setEnabled(false);
  }

  private static UserModel user(String attribute, boolean held) {
    UserModel user = mock(UserModel.class);
    when(user.getFirstAttribute("invite_approval")).thenReturn(attribute);
    when(user.getRequiredActionsStream())
        .thenReturn(held ? Stream.of("VERIFY_EMAIL", InviteApproval.ID) : Stream.empty());
    return user;
  }
}

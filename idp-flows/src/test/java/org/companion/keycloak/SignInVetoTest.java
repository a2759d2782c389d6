package org.companion.keycloak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.RETURNS_DEEP_STUBS;
import static org.mockito.Mockito.doReturn;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import jakarta.ws.rs.WebApplicationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.keycloak.events.Event;
import org.keycloak.events.EventType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakTransaction;
import org.keycloak.models.KeycloakTransactionManager;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.tracing.TracingProvider;
import org.mockito.ArgumentCaptor;

class SignInVetoTest {
  @BeforeAll
  static void responses() {
    Responses.install();
  }

  private final KeycloakSession session = mock(KeycloakSession.class, RETURNS_DEEP_STUBS);
  private final KeycloakTransactionManager transactions = mock(KeycloakTransactionManager.class);
  private final UserModel user = mock(UserModel.class);

  @ParameterizedTest
  @EnumSource(
      value = EventType.class,
      names = {"LOGIN", "CODE_TO_TOKEN", "REFRESH_TOKEN", "TOKEN_EXCHANGE", "AUTHREQID_TO_TOKEN"})
  void What_is_given_to_a_held_account_is_taken_back(EventType type) {
    given("pending");
    consider(type);
    assertThatThrownBy(() -> enlisted().commit())
        .isInstanceOfSatisfying(
            WebApplicationException.class,
            e -> assertThat(e.getResponse().getStatus()).isBetween(400, 403));
  }

  @Test
  void Members_and_other_events_are_none_of_its_business() {
    given(null);
    consider(EventType.LOGIN);
    given("pending");
    consider(EventType.LOGOUT);
    consider(EventType.LOGIN_ERROR);
    verify(transactions, never()).enlistPrepare(any());
  }

  @Test
  void Where_the_account_can_not_be_read_nothing_is_given() {
    given(null);
    when(session.users().getUserById(any(RealmModel.class), anyString()))
        .thenThrow(new IllegalStateException("no database"));
    assertThatThrownBy(() -> consider(EventType.LOGIN)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> enlisted().commit()).isInstanceOf(WebApplicationException.class);
  }

  private void given(String mark) {
    when(session.getTransactionManager()).thenReturn(transactions);
    when(session.getContext().getAuthenticationSession()).thenReturn(null);
    doReturn(mock(TracingProvider.class, RETURNS_DEEP_STUBS))
        .when(session)
        .getProvider(TracingProvider.class);
    when(session.users().getUserById(any(RealmModel.class), anyString())).thenReturn(user);
    when(user.getFirstAttribute("invite_approval")).thenReturn(mark);
    when(user.getRequiredActionsStream()).thenAnswer(call -> Stream.empty());
  }

  private void consider(EventType type) {
    var event = new Event();
    event.setType(type);
    event.setRealmId("realm");
    event.setUserId("user");
    SignInVeto.consider(session, event);
  }

  private KeycloakTransaction enlisted() {
    var veto = ArgumentCaptor.forClass(KeycloakTransaction.class);
    verify(transactions).enlistPrepare(veto.capture());
    veto.getValue().begin();
    return veto.getValue();
  }
}

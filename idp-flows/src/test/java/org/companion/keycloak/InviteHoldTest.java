package org.companion.keycloak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.RETURNS_DEEP_STUBS;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import jakarta.ws.rs.core.Response;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.AuthenticationFlowError;
import org.keycloak.models.UserModel;
import org.mockito.ArgumentCaptor;

class InviteHoldTest {
  @BeforeAll
  static void responses() {
    Responses.install();
  }

  private final AuthenticationFlowContext context =
      mock(AuthenticationFlowContext.class, RETURNS_DEEP_STUBS);
  private final UserModel user = mock(UserModel.class);

  @Test
  void The_flow_ends_for_an_account_that_waits_for_nobody() {
    given(null);
    new InviteHold().authenticate(context);
    verify(context).success();
  }

  @ParameterizedTest
  @ValueSource(strings = {"pending", "denied"})
  void The_flow_does_not_end_for_a_held_account(String mark) {
    given(mark);
    new InviteHold().authenticate(context);
    new InviteHold().action(context);
    verify(context, never()).success();
    verify(context, times(2)).challenge(any());
  }

  @Test
  void A_password_that_came_without_a_page_is_answered_as_keycloak_does() {
    given("pending");
    when(context.getFlowPath()).thenReturn("token");
    new InviteHold().authenticate(context);
    var answer = ArgumentCaptor.forClass(Response.class);
    verify(context).failure(eq(AuthenticationFlowError.INVALID_USER), answer.capture());
    assertThat(answer.getValue().getStatus()).isEqualTo(400);
    verify(context, never()).success();
  }

  @Test
  void Whoever_was_deleted_meanwhile_does_not_come_in() {
    when(context.getUser()).thenReturn(null);
    new InviteHold().action(context);
    verify(context).failure(eq(AuthenticationFlowError.USER_DISABLED), any());
    verify(context, never()).success();
  }

  private void given(String mark) {
    when(context.getUser()).thenReturn(user);
    when(context.getFlowPath()).thenReturn("authenticate");
    when(user.getFirstAttribute("invite_approval")).thenReturn(mark);
    when(user.getRequiredActionsStream()).thenAnswer(call -> Stream.empty());
  }
}

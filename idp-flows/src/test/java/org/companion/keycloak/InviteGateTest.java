package org.companion.keycloak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import jakarta.ws.rs.core.Response;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.AuthenticationFlowError;
import org.mockito.ArgumentCaptor;

class InviteGateTest {
  private final Scene scene = new Scene();
  private final AuthenticationFlowContext flow = mock(AuthenticationFlowContext.class);

  @BeforeEach
  void open() {
    when(flow.getSession()).thenReturn(scene.session);
    when(flow.getRealm()).thenReturn(scene.realm);
    when(flow.getAuthenticationSession()).thenReturn(scene.tab);
    when(flow.getUriInfo()).thenReturn(scene.uri);
    when(flow.getEvent()).thenReturn(scene.event);
  }

  @Test
  void A_good_invite_opens_the_form_and_is_remembered() {
    scene.arrive();
    answer(new Decision.Accept<>(Scene.INVITATION));
    new InviteGate().authenticate(flow);
    verify(flow).success();
    assertThat(InviteNotes.invitation(scene.tab)).isEqualTo(Scene.INVITATION);
    verify(scene.companion).inspect(new Message.Inspect("community", "handle"));
  }

  @Test
  void A_refused_invite_opens_nothing() {
    scene.arrive();
    answer(new Decision.Refuse<>(new Refusal("invite_expired", "https://example.org/i")));
    assertThat(refused("invite_expired").getStatus()).isEqualTo(410);
    verify(scene.pages).setAttribute("landingUrl", "https://example.org/i");
  }

  @Test
  void Without_the_companion_the_form_stays_shut_and_can_be_tried_again() {
    scene.arrive();
    answer(new Decision.Unavailable<>());
    Response page = refused("companion_unavailable");
    assertThat(page.getStatus()).isEqualTo(503);
    assertThat(page.getHeaderString("Retry-After")).isEqualTo("30");
    verify(scene.pages).setAttribute("retryUrl", Scene.FORM_URL);
  }

  @Test
  void Without_a_link_the_companion_is_not_asked() {
    assertThat(refused("invite_missing").getStatus()).isEqualTo(403);
    verifyNoInteractions(scene.companion);
  }

  @Test
  void Keycloaks_own_invitation_is_told_from_none() {
    scene.query.putSingle("token", "signed");
    assertThat(refused("invite_by_organization").getStatus()).isEqualTo(403);
    verifyNoInteractions(scene.companion);
  }

  @Test
  void A_form_that_is_posted_to_the_gate_opens_nothing_either() {
    new InviteGate().action(flow);
    verify(flow).failureChallenge(eq(AuthenticationFlowError.ACCESS_DENIED), any());
  }

  private void answer(Decision<Invitation> decision) {
    when(scene.companion.inspect(any())).thenReturn(decision);
  }

  private Response refused(String code) {
    new InviteGate().authenticate(flow);
    ArgumentCaptor<Response> page = ArgumentCaptor.forClass(Response.class);
    verify(flow).failureChallenge(eq(AuthenticationFlowError.ACCESS_DENIED), page.capture());
    verify(flow, never()).success();
    verify(scene.event).error(code);
    verify(scene.pages).setAttribute("inviteCode", code);
    assertThat(InviteNotes.invitation(scene.tab)).isNull();
    return page.getValue();
  }
}

package org.companion.keycloak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import org.junit.jupiter.api.Test;
import org.keycloak.sessions.AuthenticationSessionModel;
import org.keycloak.sessions.RootAuthenticationSessionModel;

class InviteNotesTest {
  @Test
  void The_claim_key_names_a_browser_tab_and_shows_nothing_of_it() {
    String key = InviteNotes.claimKey(tab("root-session", "tab"));
    assertThat(key).matches("[A-Za-z0-9_-]{43}").doesNotContain("root-session");
    assertThat(InviteNotes.claimKey(tab("root-session", "tab"))).isEqualTo(key);
    assertThat(InviteNotes.claimKey(tab("root-session", "other"))).isNotEqualTo(key);
    assertThat(InviteNotes.claimKey(tab("other", "tab"))).isNotEqualTo(key);
  }

  @Test
  void A_session_that_the_gate_did_not_let_in_has_no_invitation() {
    AuthenticationSessionModel session = mock(AuthenticationSessionModel.class);
    when(session.getClientNote("client_request_param_invite")).thenReturn("handle");
    assertThat(InviteNotes.handle(session)).isEqualTo("handle");
    assertThat(InviteNotes.invitation(session)).isNull();
  }

  @Test
  void A_blank_handle_is_none() {
    AuthenticationSessionModel session = mock(AuthenticationSessionModel.class);
    when(session.getClientNote("client_request_param_invite")).thenReturn(" ");
    assertThat(InviteNotes.handle(session)).isNull();
  }

  private static AuthenticationSessionModel tab(String root, String tab) {
    AuthenticationSessionModel session = mock(AuthenticationSessionModel.class);
    RootAuthenticationSessionModel parent = mock(RootAuthenticationSessionModel.class);
    when(session.getParentSession()).thenReturn(parent);
    when(parent.getId()).thenReturn(root);
    when(session.getTabId()).thenReturn(tab);
    return session;
  }
}

package org.companion.keycloak;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class WaitingPageTest {
  private final Scene scene = new Scene();

  @Test
  void It_says_how_the_case_stands_and_who_invited() {
    scene.letIn();
    given(
        new Waiting(Instant.parse("2026-12-01T08:15:00.5Z"), 5400L, "Which boat?", 1, true, null));
    show(null);
    verify(scene.pages).setAttribute("inviterName", "Alice");
    verify(scene.pages).setAttribute("waitingSince", "2026-12-01T08:15:00Z");
    verify(scene.pages).setAttribute("question", "Which boat?");
    verify(scene.pages).createForm("invite-waiting.ftl");
  }

  @Test
  void What_was_not_kept_stays_in_the_box() {
    given(new Waiting(null, null, null, 5, false, new Waiting.Refused("note_limit", null)));
    show("I sail.");
    verify(scene.pages).setAttribute("noteText", "I sail.");
    verify(scene.pages).setAttribute("noteRefusal", "note_limit");
  }

  @Test
  void Without_an_answer_the_page_stands_and_the_text_stays() {
    given(null);
    when(scene.user.getCreatedTimestamp()).thenReturn(0L);
    show("I sail.");
    verify(scene.pages).setAttribute("waitingSince", "1970-01-01T00:00:00Z");
    verify(scene.pages).setAttribute("noteText", "I sail.");
    verify(scene.pages).setAttribute("noteRefusal", "companion_unavailable");
  }

  @Test
  void Who_waits_without_an_invite_is_nobody_the_companion_knows() {
    show(null);
    verify(scene.companion, never()).ask(any());
    verify(scene.pages, never()).setAttribute(eq("noteAllowed"), any());
    verify(scene.pages).createForm(anyString());
  }

  private void given(Waiting waiting) {
    when(scene.user.getFirstAttribute("invite_id")).thenReturn("0197-a");
    when(scene.companion.ask(any())).thenReturn(waiting);
  }

  private void show(String note) {
    WaitingPage.of(scene.session, scene.pages, scene.tab, scene.user, note);
  }
}

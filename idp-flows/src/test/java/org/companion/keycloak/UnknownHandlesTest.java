package org.companion.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class UnknownHandlesTest {
  private static final Message.Inspect QUESTION = new Message.Inspect("community", "handle");
  private static final Refusal UNKNOWN = new Refusal("invite_unknown", "https://example.org/i");

  private long nanos = Long.MAX_VALUE - 1; // a clock may pass its end
  private final UnknownHandles handles = new UnknownHandles(() -> nanos);

  @Test
  void An_unknown_handle_is_remembered_for_ten_seconds() {
    assertThat(handles.find(QUESTION)).isNull();
    handles.keep(QUESTION, UNKNOWN);
    nanos += Duration.ofSeconds(10).toNanos() - 1;
    assertThat(handles.find(QUESTION)).isEqualTo(UNKNOWN);
    nanos++;
    assertThat(handles.find(QUESTION)).isNull();
  }

  @Test
  void Another_handle_and_another_realm_are_asked_about() {
    handles.keep(QUESTION, UNKNOWN);
    assertThat(handles.find(new Message.Inspect("community", "handle2"))).isNull();
    assertThat(handles.find(new Message.Inspect("communit", "yhandle"))).isNull();
  }

  @Test
  void What_may_change_soon_is_asked_about_each_time() {
    handles.keep(QUESTION, new Refusal("invite_in_use", null));
    assertThat(handles.find(QUESTION)).isNull();
  }

  @Test
  void However_many_are_tried_only_the_last_thousand_are_remembered() {
    handles.keep(QUESTION, UNKNOWN);
    keepOthers(999);
    assertThat(handles.find(QUESTION)).isNotNull();
    handles.keep(QUESTION, UNKNOWN);
    keepOthers(999);
    assertThat(handles.find(QUESTION)).isNotNull();
    keepOthers(1_000);
    assertThat(handles.find(QUESTION)).isNull();
  }

  private void keepOthers(int count) {
    for (int i = 0; i < count; i++) {
      handles.keep(new Message.Inspect("community", "other" + i), UNKNOWN);
    }
  }
}

package org.companion.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.util.JsonSerialization;

class MessageTest {
  private static final int COMPANION_TAKES = 16 * 1024;

  @ParameterizedTest
  @ValueSource(strings = {"a", "\"", "\u0001", "ä", "€", "😀", "a😀"})
  void However_much_a_newcomer_writes_the_message_is_taken_and_no_character_is_halved(String text)
      throws IOException {
    var message = new Message.Waiting("community", "0197-a", "account", text.repeat(20_000));
    assertThat(JsonSerialization.writeValueAsBytes(message).length)
        .isBetween(12_000, COMPANION_TAKES);
    assertThat(text.repeat(20_000)).startsWith(message.text());
    assertThat(message.text().codePoints())
        .allSatisfy(character -> assertThat(text.codePoints()).contains(character));
  }

  @Test
  void What_the_companion_would_keep_is_sent_whole() {
    String text = "😀".repeat(1_000);
    assertThat(new Message.Waiting("community", "0197-a", "account", text).text()).isEqualTo(text);
  }
}

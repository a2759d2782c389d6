package org.companion.keycloak;

import java.nio.charset.StandardCharsets;

/** How much room texts take in a message; the companion refuses one that is too long. */
final class JsonText {
  private JsonText() {}

  /** The beginning of the text that takes at most so many bytes, never half a character. */
  static String cut(String text, int most) {
    int left = most;
    int end = 0;
    while (end < text.length()) {
      int character = text.codePointAt(end);
      left -= bytes(character);
      if (left < 0) {
        return text.substring(0, end);
      }
      end += Character.charCount(character);
    }
    return text;
  }

  static int bytes(String text) {
    return text.codePoints().map(JsonText::bytes).sum();
  }

  /** Keycloak escapes each half of a character beyond the basic plane. */
  private static int bytes(int character) {
    if (Character.isSupplementaryCodePoint(character)) {
      return 12;
    }
    if (character < ' ' || Character.getType(character) == Character.SURROGATE) {
      return 6;
    }
    return character == '"' || character == '\\'
        ? 2
        : Character.toString(character).getBytes(StandardCharsets.UTF_8).length;
  }
}

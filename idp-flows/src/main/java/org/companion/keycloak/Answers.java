package org.companion.keycloak;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * What a newcomer answered to the community's own questions: the attributes that the realm lists,
 * and nothing else of the profile. Cut where a message would grow too long for the companion.
 */
final class Answers {
  static final String QUESTIONS = "companion.questions";
  private static final int MOST_BYTES = 12 * 1024;
  private static final String CUT = "…";

  /** Quotes, comma, brackets and colon around a name or a value, and the mark of a cut. */
  private static final int FRAME = 8;

  private int left = MOST_BYTES;

  private Answers() {}

  /** Empty when nothing is asked, or nothing answered. */
  static Map<String, List<String>> of(RealmModel realm, UserModel user) {
    Answers room = new Answers();
    Map<String, List<String>> answers = new LinkedHashMap<>();
    for (String question : RealmList.of(realm, QUESTIONS)) {
      List<String> given =
          user.getAttributeStream(question).filter(value -> !value.isBlank()).toList();
      if (!given.isEmpty() && room.fit(question).equals(question)) {
        List<String> values = given.stream().map(room::fit).filter(v -> !v.isEmpty()).toList();
        if (!values.isEmpty()) {
          answers.put(question, values);
        }
      }
    }
    return answers;
  }

  /** As much of the text as there is room for; a cut one says so at its end. */
  private String fit(String text) {
    int room = left - FRAME;
    int bytes = 0;
    int end = 0;
    while (end < text.length()) {
      String next = text.substring(end, text.offsetByCodePoints(end, 1));
      int size = size(next);
      if (bytes + size > room) {
        left = 0;
        return end == 0 ? "" : text.substring(0, end) + CUT;
      }
      bytes += size;
      end += next.length();
    }
    left = room - bytes;
    return text;
  }

  /** Bytes in JSON, at most. */
  private static int size(String character) {
    char first = character.charAt(0);
    if (first < ' ') {
      return 6;
    }
    return first == '"' || first == '\\' ? 2 : character.getBytes(StandardCharsets.UTF_8).length;
  }
}

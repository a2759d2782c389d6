package org.companion.keycloak;

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
    String fitting = JsonText.cut(text, room);
    if (fitting.length() == text.length()) {
      left = room - JsonText.bytes(text);
      return text;
    }
    left = 0;
    return fitting.isEmpty() ? "" : fitting + CUT;
  }
}

package org.companion.keycloak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.util.JsonSerialization;

class AnswersTest {
  @Test
  void Only_what_the_realm_asks_is_told_with_all_its_values() {
    UserModel user =
        user(
            Map.of(
                "introduction", List.of("I sail."),
                "interests", List.of("sailing", "boats"),
                "phone", List.of("123")));
    assertThat(Answers.of(realm("introduction ## interests##berth"), user))
        .isEqualTo(
            Map.of("introduction", List.of("I sail."), "interests", List.of("sailing", "boats")));
  }

  @Test
  void An_empty_answer_is_none() {
    UserModel user =
        user(Map.of("introduction", List.of(" ", "\n"), "interests", List.of("", "boats")));
    assertThat(Answers.of(realm("introduction##interests"), user))
        .isEqualTo(Map.of("interests", List.of("boats")));
  }

  @Test
  void A_realm_that_asks_nothing_is_told_nothing() throws IOException {
    UserModel user = user(Map.of("introduction", List.of("I sail.")));
    assertThat(Answers.of(realm(null), user)).isEmpty();
    assertThat(Answers.of(realm(""), user)).isEmpty();
    assertThat(message(Map.of())).doesNotContain("answers");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "\"", "\u0001", "ä", "€", "⛵", "😀"})
  void However_much_is_answered_the_message_stays_below_what_the_companion_takes(String text)
      throws IOException {
    String question = "introduction";
    UserModel user = user(Map.of(question, List.of("first", text.repeat(20_000), "last")));
    Map<String, List<String>> answers = Answers.of(realm(question), user);
    assertThat(JsonSerialization.writeValueAsBytes(answers).length).isLessThanOrEqualTo(12 * 1024);
    assertThat(answers.get(question)).hasSize(2).first().isEqualTo("first");
    String cut = answers.get(question).get(1);
    assertThat(cut).startsWith(text).endsWith("…");
    assertThat(cut.replace(text, "")).isEqualTo("…");
  }

  @Test
  void The_longest_claim_that_a_form_can_make_is_taken() throws IOException {
    String much = "😀".repeat(20_000);
    UserModel user = user(Map.of("introduction", List.of(much)));
    String name = much.substring(0, 254);
    var claim =
        new Message.Claim(
            "community",
            "h".repeat(256),
            "k".repeat(43),
            "a".repeat(36),
            "a".repeat(254),
            name + " " + name,
            Answers.of(realm("introduction"), user));
    assertThat(JsonSerialization.writeValueAsBytes(claim).length).isBetween(15 * 1024, 16 * 1024);
  }

  @Test
  void Many_short_answers_are_bounded_too() throws IOException {
    UserModel user =
        user(Map.of("interests", IntStream.range(0, 20_000).mapToObj(i -> "i").toList()));
    Map<String, List<String>> answers = Answers.of(realm("interests"), user);
    assertThat(JsonSerialization.writeValueAsBytes(answers).length).isLessThanOrEqualTo(12 * 1024);
    assertThat(answers.get("interests")).hasSizeGreaterThan(500);
  }

  @Test
  void The_claim_carries_answers_by_the_names_of_the_attributes() throws IOException {
    assertThat(message(Map.of("interests", List.of("boats"))))
        .contains("\"answers\":{\"interests\":[\"boats\"]}");
  }

  private static String message(Map<String, List<String>> answers) throws IOException {
    return JsonSerialization.writeValueAsString(
        new Message.Claim("community", "handle", "key", "id", "a@example.org", "Anna", answers));
  }

  private static RealmModel realm(String questions) {
    RealmModel realm = mock(RealmModel.class);
    when(realm.getAttribute(Answers.QUESTIONS)).thenReturn(questions);
    return realm;
  }

  private static UserModel user(Map<String, List<String>> attributes) {
    UserModel user = mock(UserModel.class);
    when(user.getAttributeStream(anyString())).thenAnswer(call -> Stream.empty());
    attributes.forEach(
        (name, values) -> when(user.getAttributeStream(name)).thenAnswer(call -> values.stream()));
    return user;
  }
}

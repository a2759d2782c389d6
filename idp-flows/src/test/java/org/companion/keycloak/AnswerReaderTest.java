package org.companion.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerReaderTest {
  private static final String GRANT =
      """
      {"decision":"accept","inviteId":"0197-a","approvalRequired":true,"addressVerified":false,
       "memberships":[{"organization":"harbour","group":null},{"group":"/members"}],
       "leaseSeconds":300,"addedLater":1}
      """;

  @Test
  void An_inspection_is_read_whole() {
    String answer =
        """
        {"decision":"accept","inviteId":"0197-a","address":"anna@example.org","inviterName":"Alice",
         "communityName":"Harbour","language":"de","expiresAt":"2026-12-05T10:00:00Z"}
        """;
    assertThat(AnswerReader.inspected(bytes(answer)))
        .isEqualTo(
            new Decision.Accept<>(
                new Invitation("0197-a", "anna@example.org", "Alice", "Harbour", "de")));
  }

  @Test
  void A_claim_is_read_whole() {
    assertThat(AnswerReader.claimed(bytes(GRANT)))
        .isEqualTo(
            new Decision.Accept<>(
                new Grant(
                    "0197-a",
                    true,
                    false,
                    List.of(new Membership("harbour", null), new Membership(null, "/members")))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "hello",
        "null",
        "[]",
        "{}",
        "{\"decision\":\"perhaps\"}",
        "{\"decision\":true}",
        "{\"decision\":\"refuse\"}",
        "{\"decision\":\"refuse\",\"code\":\"<b>\"}"
      })
  void What_is_no_clear_answer_decides_nothing(String answer) {
    assertThat(AnswerReader.claimed(bytes(answer))).isEqualTo(new Decision.Unavailable<>());
    assertThat(AnswerReader.inspected(bytes(answer))).isEqualTo(new Decision.Unavailable<>());
  }

  @ParameterizedTest
  @ValueSource(strings = {"inviteId", "approvalRequired", "addressVerified", "memberships"})
  void A_claim_that_leaves_something_open_decides_nothing(String field) {
    String answer = GRANT.replace("\"" + field + "\"", "\"other\"");
    assertThat(AnswerReader.claimed(bytes(answer))).isEqualTo(new Decision.Unavailable<>());
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"group\":5}", "{\"group\":\" \"}", "\"members\"", "null"})
  void A_membership_of_nothing_decides_nothing(String membership) {
    String answer = GRANT.replace("{\"group\":\"/members\"}", membership);
    assertThat(AnswerReader.claimed(bytes(answer))).isEqualTo(new Decision.Unavailable<>());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "nobody", "@example.org"})
  void An_invitation_without_an_address_decides_nothing(String address) {
    String answer = "{\"decision\":\"accept\",\"inviteId\":\"a\",\"address\":\"" + address + "\"}";
    assertThat(AnswerReader.inspected(bytes(answer))).isEqualTo(new Decision.Unavailable<>());
  }

  @Test
  void A_refusal_keeps_its_code_and_its_link() {
    String answer =
        """
        {"decision":"refuse","code":"invite_expired","landingUrl":"https://companion.example/i"}
        """;
    assertThat(AnswerReader.inspected(bytes(answer)))
        .isEqualTo(
            new Decision.Refuse<>(new Refusal("invite_expired", "https://companion.example/i")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"javascript:alert(1)", "/i", "data:text/html,x"})
  void A_refusal_loses_a_link_that_is_no_web_page(String link) {
    String answer =
        "{\"decision\":\"refuse\",\"code\":\"invite_expired\",\"landingUrl\":\"" + link + "\"}";
    assertThat(AnswerReader.inspected(bytes(answer)))
        .isEqualTo(new Decision.Refuse<>(new Refusal("invite_expired", null)));
  }

  @Test
  void How_a_case_stands_is_read_whole() {
    String answer =
        """
        {"since":"2026-03-02T10:00:00.123+00:00","usualWaitSeconds":5400,"question":"Who are you?",
         "added":2,"mayAdd":false,"refusal":{"code":"note_too_long","argument":"12"},"later":1}
        """;
    assertThat(AnswerReader.waiting(bytes(answer)))
        .isEqualTo(
            new Waiting(
                Instant.parse("2026-03-02T10:00:00.123Z"),
                5400L,
                "Who are you?",
                2,
                false,
                new Waiting.Refused("note_too_long", "12")));
  }

  @Test
  void Of_a_case_that_nobody_knows_nothing_is_told() {
    assertThat(AnswerReader.waiting(bytes("{\"added\":0,\"mayAdd\":true,\"since\":null}")))
        .isEqualTo(new Waiting(null, null, null, 0, true, null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "hello",
        "null",
        "{}",
        "{\"mayAdd\":1}",
        "{\"mayAdd\":true,\"since\":\"today\"}",
        "{\"mayAdd\":true,\"refusal\":{}}",
        "{\"mayAdd\":true,\"refusal\":{\"code\":\"<b>\"}}"
      })
  void A_case_that_breaks_the_contract_is_not_told(String answer) {
    assertThat(AnswerReader.waiting(bytes(answer))).isNull();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}

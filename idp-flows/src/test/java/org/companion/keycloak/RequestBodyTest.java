package org.companion.keycloak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestBodyTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://example.org/a.png",
        "http://127.0.0.1:8080/media/v1/download?x=1&y=%20#z"
      })
  void A_web_address_is_taken_as_it_is(String address) throws ProblemException {
    assertThat(body("{\"url\":\"" + address + "\"}").webAddress("url")).isEqualTo(address);
  }

  @Test
  void Null_is_no_address_but_a_missing_one_is_a_mistake() throws ProblemException {
    assertThat(body("{\"url\":null}").webAddress("url")).isNull();
    refused("{}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "", "null", "5", "{not json"})
  void What_is_no_object_is_refused(String json) {
    assertThatThrownBy(() -> body(json)).isInstanceOf(ProblemException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "picture.png",
        "//example.org/a.png",
        "ftp://example.org/a.png",
        "javascript:alert(1)",
        "data:image/png;base64,AA",
        "https:///a.png",
        "https://alice@example.org/a.png",
        "https://alice:secret@example.org/a.png",
        "https://example.org/a b.png"
      })
  void What_is_no_plain_web_address_is_refused(String address) {
    refused("{\"url\":\"" + address + "\"}");
  }

  @Test
  void An_address_of_more_than_2000_characters_is_refused() throws ProblemException {
    String longest = "https://example.org/" + "a".repeat(1_980);
    assertThat(body("{\"url\":\"" + longest + "\"}").webAddress("url")).hasSize(2_000);
    refused("{\"url\":\"" + longest + "a\"}");
    refused("{\"url\":5}");
  }

  private static void refused(String json) {
    assertThatThrownBy(() -> body(json).webAddress("url")).isInstanceOf(ProblemException.class);
  }

  private static RequestBody body(String json) throws ProblemException {
    return RequestBody.read(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
  }
}

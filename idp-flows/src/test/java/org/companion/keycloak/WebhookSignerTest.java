package org.companion.keycloak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookSignerTest {
  /** The example that the Standard Webhooks specification publishes. */
  private static final String PUBLISHED = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

  private static final byte[] BODY = "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8);

  @Test
  void The_published_example_gets_the_published_signature() {
    String signature =
        new WebhookSigner(List.of(PUBLISHED))
            .sign("msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, BODY);
    assertThat(signature).isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
  }

  @Test
  void Every_secret_signs_the_first_one_first() {
    String other = TestSecrets.ofBytes(64);
    String both = new WebhookSigner(List.of(other, PUBLISHED)).sign("msg_1", 1614265330, BODY);
    assertThat(both.split(" "))
        .containsExactly(
            new WebhookSigner(List.of(other)).sign("msg_1", 1614265330, BODY),
            new WebhookSigner(List.of(PUBLISHED)).sign("msg_1", 1614265330, BODY));
  }

  @Test
  void Id_time_and_body_are_all_signed() {
    WebhookSigner signer = new WebhookSigner(List.of(PUBLISHED));
    assertThat(
            List.of(
                signer.sign("msg_1", 1, BODY),
                signer.sign("msg_2", 1, BODY),
                signer.sign("msg_1", 2, BODY),
                signer.sign("msg_1", 1, new byte[0])))
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 23, 65})
  void A_secret_of_the_wrong_length_is_refused_without_being_shown(int length) {
    String secret = TestSecrets.ofBytes(length);
    assertThatThrownBy(() -> new WebhookSigner(List.of(secret)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("must be whsec_ and base64 of 24 to 64 bytes");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "whsec_", "whsec_!!!", "whsk_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"})
  void What_is_no_secret_is_refused(String secret) {
    assertThatThrownBy(() -> new WebhookSigner(List.of(secret)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}

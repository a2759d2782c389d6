package org.companion.keycloak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keycloak.Config;

class CompanionOptionsTest {
  private static final String SECRET = TestSecrets.ofBytes(32);

  @Test
  void Address_and_secret_are_enough() {
    CompanionOptions options = CompanionOptions.from(scope(Map.of()));
    assertThat(options.url()).isEqualTo(URI.create("https://companion.example/base/"));
    assertThat(options.connectTimeout()).isEqualTo(Duration.ofMillis(500));
    assertThat(options.timeout()).isEqualTo(Duration.ofSeconds(2));
    assertThat(options.maxParallel()).isEqualTo(16);
  }

  @Test
  void A_previous_secret_signs_second() {
    String previous = TestSecrets.ofBytes(24);
    CompanionOptions options = CompanionOptions.from(scope(Map.of("previous-secret", previous)));
    assertThat(options.signer().sign("msg_1", 1, new byte[0]))
        .isEqualTo(new WebhookSigner(List.of(SECRET, previous)).sign("msg_1", 1, new byte[0]));
  }

  @ParameterizedTest
  @CsvSource({
    "url, ''",
    "url, companion.example",
    "url, /idp",
    "url, ftp://companion.example",
    "url, https://user:password@companion.example",
    "url, https://companion.example/?a=b",
    "url, https://companion.example/#a",
    "url, https://companion .example",
    "secret, ''",
    "secret, whsec_c2hvcnQ=",
    "previous-secret, nonsense",
    "connect-timeout-millis, 0",
    "timeout-millis, 2s",
    "timeout-millis, 99",
    "max-parallel, 0",
    "max-parallel, 99999999999"
  })
  void A_setting_that_makes_no_sense_is_named_without_its_value(String name, String value) {
    assertThatThrownBy(() -> CompanionOptions.from(scope(Map.of(name, value))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("spi-companion--default--" + name + " ")
        .hasMessageNotContaining("password")
        .hasMessageNotContaining("nonsense")
        .hasMessageNotContaining("c2hvcnQ=");
  }

  private static Config.Scope scope(Map<String, String> changes) {
    Map<String, String> settings =
        new HashMap<>(Map.of("url", "https://companion.example/base//", "secret", SECRET));
    settings.putAll(changes);
    Config.Scope scope = mock(Config.Scope.class);
    when(scope.get(anyString())).thenAnswer(call -> settings.get(call.<String>getArgument(0)));
    return scope;
  }
}

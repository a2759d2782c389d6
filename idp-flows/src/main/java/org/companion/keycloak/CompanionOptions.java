package org.companion.keycloak;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.keycloak.Config;

/** The checked settings of SPI {@code companion}, provider {@code default}. */
record CompanionOptions(
    URI url, WebhookSigner signer, Duration connectTimeout, Duration timeout, int maxParallel) {
  private static final String PREFIX = "spi-companion--default--";

  /**
   * @throws IllegalArgumentException naming the setting that is missing or malformed, never a value
   */
  static CompanionOptions from(Config.Scope scope) {
    return new CompanionOptions(
        url(scope),
        new WebhookSigner(secrets(scope)),
        Duration.ofMillis(number(scope, "connect-timeout-millis", 500, 50, 10_000)),
        Duration.ofMillis(number(scope, "timeout-millis", 2_000, 100, 30_000)),
        number(scope, "max-parallel", 16, 1, 1_000));
  }

  private static URI url(Config.Scope scope) {
    String value = scope.get("url");
    if (value == null || value.isBlank()) {
      throw missing("url");
    }
    URI url;
    try {
      url = URI.create(value.strip().replaceAll("/+$", "") + "/");
    } catch (IllegalArgumentException e) {
      throw malformed("url", "must be an absolute URL");
    }
    boolean web = "https".equals(url.getScheme()) || "http".equals(url.getScheme());
    boolean plain =
        url.getRawUserInfo() == null && url.getRawQuery() == null && url.getRawFragment() == null;
    if (!web || url.getHost() == null || !plain) {
      throw malformed("url", "must be https://host[:port][/path] (or http)");
    }
    return url;
  }

  private static List<String> secrets(Config.Scope scope) {
    String secret = scope.get("secret");
    if (secret == null || secret.isBlank()) {
      throw missing("secret");
    }
    String previous = scope.get("previous-secret");
    check("secret", secret);
    if (previous != null && !previous.isBlank()) {
      check("previous-secret", previous);
    }
    return Stream.of(secret, previous)
        .filter(Objects::nonNull)
        .filter(value -> !value.isBlank())
        .toList();
  }

  private static void check(String name, String secret) {
    try {
      new WebhookSigner(List.of(secret));
    } catch (IllegalArgumentException e) {
      throw malformed(name, e.getMessage());
    }
  }

  private static int number(Config.Scope scope, String name, int otherwise, int least, int most) {
    String range = "must be a whole number from " + least + " to " + most;
    String value = scope.get(name);
    if (value == null || value.isBlank()) {
      return otherwise;
    }
    int number;
    try {
      number = Integer.parseInt(value.strip());
    } catch (NumberFormatException e) {
      throw malformed(name, range);
    }
    if (number < least || number > most) {
      throw malformed(name, range);
    }
    return number;
  }

  private static IllegalArgumentException missing(String name) {
    return malformed(name, "is missing");
  }

  private static IllegalArgumentException malformed(String name, String problem) {
    return new IllegalArgumentException(PREFIX + name + " " + problem);
  }
}

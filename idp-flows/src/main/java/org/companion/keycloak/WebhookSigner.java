package org.companion.keycloak;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs messages as Standard Webhooks asks, with every secret it is given. */
final class WebhookSigner {
  private static final String ALGORITHM = "HmacSHA256";
  private static final String PREFIX = "whsec_";
  private static final int SHORTEST = 24;
  private static final int LONGEST = 64;

  private final List<SecretKeySpec> keys;

  /**
   * @param secrets the secret to sign with first; {@code whsec_} and base64 of 24 to 64 bytes each
   * @throws IllegalArgumentException without the secret in its message
   */
  WebhookSigner(List<String> secrets) {
    keys = secrets.stream().map(WebhookSigner::key).toList();
  }

  /** The value of {@code webhook-signature} for exactly these bytes. */
  String sign(String id, long unixSeconds, byte[] body) {
    byte[] head = (id + "." + unixSeconds + ".").getBytes(StandardCharsets.UTF_8);
    return keys.stream()
        .map(key -> "v1," + signature(key, head, body))
        .collect(Collectors.joining(" "));
  }

  private static String signature(SecretKeySpec key, byte[] head, byte[] body) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      mac.update(head);
      return Base64.getEncoder().encodeToString(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This Java runtime can't sign with " + ALGORITHM, e);
    }
  }

  private static SecretKeySpec key(String secret) {
    byte[] bytes = decode(secret);
    if (bytes.length < SHORTEST || bytes.length > LONGEST) {
      throw new IllegalArgumentException(
          "must be " + PREFIX + " and base64 of " + SHORTEST + " to " + LONGEST + " bytes");
    }
    return new SecretKeySpec(bytes, ALGORITHM);
  }

  private static byte[] decode(String secret) {
    if (!secret.startsWith(PREFIX)) {
      return new byte[0];
    }
    try {
      return Base64.getDecoder().decode(secret.substring(PREFIX.length()));
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }
}

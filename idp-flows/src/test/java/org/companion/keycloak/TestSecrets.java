package org.companion.keycloak;

import java.security.SecureRandom;
import java.util.Base64;

/** Secrets made at run time. */
final class TestSecrets {
  private TestSecrets() {}

  static String ofBytes(int length) {
    byte[] bytes = new byte[length];
    new SecureRandom().nextBytes(bytes);
    return "whsec_" + Base64.getEncoder().encodeToString(bytes);
  }
}

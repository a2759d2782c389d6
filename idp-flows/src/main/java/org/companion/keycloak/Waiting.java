package org.companion.keycloak;

import java.time.Instant;

/**
 * How a newcomer's case stands. Null where nobody knows: since, usualWaitSeconds, question; and
 * refusal where nothing was added, or what was added is kept.
 */
record Waiting(
    Instant since,
    Long usualWaitSeconds,
    String question,
    int added,
    boolean mayAdd,
    Refused refusal) {
  /** Why a text was not kept, and what the reason is about. */
  record Refused(String code, String argument) {}

  @Override
  public String toString() {
    return "Waiting[since=" + since + "]";
  }
}

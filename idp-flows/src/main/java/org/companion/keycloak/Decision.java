package org.companion.keycloak;

/** What the companion said. Everything that is not a clear answer is {@link Unavailable}. */
sealed interface Decision<T> {
  record Accept<T>(T value) implements Decision<T> {}

  record Refuse<T>(Refusal refusal) implements Decision<T> {}

  record Unavailable<T>() implements Decision<T> {}
}

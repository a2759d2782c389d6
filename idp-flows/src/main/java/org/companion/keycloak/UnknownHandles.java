package org.companion.keycloak;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * What the companion refused as unknown a moment ago, so that a link which is opened over and over
 * doesn't take calls from people with a good one. Holds hashes, and no more than so many.
 */
final class UnknownHandles {
  static final String CODE = "invite_unknown";
  private static final int MOST = 1_000;
  private static final long NANOS = Duration.ofSeconds(10).toNanos();

  private final LongSupplier now;
  private final Map<String, Entry> entries =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Entry> eldest) {
          return size() > MOST;
        }
      };

  /**
   * @param now nanoseconds from any point in time
   */
  UnknownHandles(LongSupplier now) {
    this.now = now;
  }

  /** Null when the companion must be asked. */
  synchronized Refusal find(Message.Inspect question) {
    Entry entry = entries.get(key(question));
    return entry != null && now.getAsLong() - entry.since() < NANOS ? entry.refusal() : null;
  }

  synchronized void keep(Message.Inspect question, Refusal refusal) {
    if (refusal.code().equals(CODE)) {
      String key = key(question);
      entries.remove(key); // so that it counts as the youngest
      entries.put(key, new Entry(now.getAsLong(), refusal));
    }
  }

  /** A realm's name has no line break, so different questions have different keys. */
  private static String key(Message.Inspect question) {
    return Hash.of(question.realm() + "\n" + question.handle());
  }

  private record Entry(long since, Refusal refusal) {}
}

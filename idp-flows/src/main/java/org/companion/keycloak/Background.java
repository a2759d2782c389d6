package org.companion.keycloak;

import io.opentelemetry.context.Context;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import org.jboss.logging.Logger;
import org.keycloak.executors.ExecutorsProvider;
import org.keycloak.models.KeycloakSession;

/**
 * Sends messages off the request thread. Never throws: after completion an exception would turn a
 * committed registration into an error page. A lost message is found by the companion later.
 */
final class Background {
  private static final Logger LOG = Logger.getLogger(Background.class);

  /** Keycloak's queue has no bound; this is one for the whole server, as the queue is. */
  private static final Semaphore ROOM = new Semaphore(1_000);

  private final Executor executor;
  private final CompanionClient companion;
  private final Semaphore room;

  Background(Executor executor, CompanionClient companion) {
    this(executor, companion, ROOM);
  }

  Background(Executor executor, CompanionClient companion, Semaphore room) {
    this.executor = executor;
    this.companion = companion;
    this.room = room;
  }

  static Background of(KeycloakSession session) {
    return new Background(
        session.getProvider(ExecutorsProvider.class).getExecutor("companion"),
        session.getProvider(CompanionClient.class));
  }

  void tell(Message message) {
    if (!room.tryAcquire()) {
      LOG.errorf("%s not sent: too much waits to be sent", message);
      return;
    }
    try {
      executor.execute(Context.current().wrap(() -> deliver(message))); // keeps the trace
    } catch (RejectedExecutionException e) {
      room.release();
      LOG.errorf("%s not sent: the server stops", message);
    }
  }

  private void deliver(Message message) {
    try {
      if (!companion.tell(message)) {
        LOG.warnf("%s may not have arrived", message);
      }
    } catch (RuntimeException e) {
      LOG.errorf(e, "%s not sent", message);
    } finally {
      room.release();
    }
  }
}

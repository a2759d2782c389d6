package org.companion.keycloak;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jboss.logging.Logger;
import org.keycloak.executors.ExecutorsProvider;
import org.keycloak.models.KeycloakSession;

/**
 * Sends messages off the request thread. Never throws: after completion an exception would turn a
 * committed registration into an error page. A lost message is found by the companion later.
 */
final class Background {
  private static final Logger LOG = Logger.getLogger(Background.class);

  private final Executor executor;
  private final CompanionClient companion;

  Background(Executor executor, CompanionClient companion) {
    this.executor = executor;
    this.companion = companion;
  }

  static Background of(KeycloakSession session) {
    return new Background(
        session.getProvider(ExecutorsProvider.class).getExecutor("companion"),
        session.getProvider(CompanionClient.class));
  }

  void tell(Message message) {
    try {
      executor.execute(() -> deliver(message));
    } catch (RejectedExecutionException e) {
      LOG.errorf("%s not sent: too much waits to be sent", message);
    }
  }

  private void deliver(Message message) {
    try {
      if (!companion.tell(message)) {
        LOG.warnf("%s may not have arrived", message);
      }
    } catch (RuntimeException e) {
      LOG.errorf(e, "%s not sent", message);
    }
  }
}

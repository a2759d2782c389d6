package org.companion.keycloak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;

class BackgroundTest {
  private static final Message FACT = new Message.Approved("community", "0197-a", "account", null);

  private final CompanionClient companion = mock(CompanionClient.class);
  private final Semaphore room = new Semaphore(2);

  @Test
  void Only_so_much_waits_and_what_was_sent_makes_room() {
    Queue<Runnable> queue = new ArrayDeque<>();
    tell(queue::add, 3);
    assertThat(queue).hasSize(2);
    queue.remove().run();
    tell(queue::add, 3);
    assertThat(queue).hasSize(2);
  }

  @Test
  void What_breaks_takes_no_room() {
    when(companion.tell(any())).thenThrow(new IllegalStateException("broken"));
    tell(Runnable::run, 3);
    verify(companion, times(3)).tell(FACT);
  }

  @Test
  void What_a_stopping_server_does_not_take_takes_no_room() {
    tell(
        task -> {
          throw new RejectedExecutionException();
        },
        3);
    assertThat(room.availablePermits()).isEqualTo(2);
  }

  private void tell(Executor executor, int times) {
    for (int i = 0; i < times; i++) {
      new Background(executor, companion, room).tell(FACT);
    }
  }
}

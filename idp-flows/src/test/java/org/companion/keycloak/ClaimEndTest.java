package org.companion.keycloak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ClaimEndTest {
  private static final Message.Claim CLAIM =
      new Message.Claim(
          "community", "handle", "key", "account", "anna@example.org", "Anna", Map.of());

  private final LocalCompanion companion = new LocalCompanion(LocalCompanion.json(200, "{}"));
  private final CompanionClient client =
      companion.client(Duration.ofSeconds(20), 4, TestSecrets.ofBytes(32));
  private final ExecutorService threads = Executors.newSingleThreadExecutor();

  @AfterEach
  void stop() {
    threads.shutdownNow();
    companion.close();
  }

  @Test
  void A_committed_account_is_told() throws InterruptedException {
    ClaimEnd end = started(threads);
    end.granted("0197-a");
    end.commit();
    assertThat(sent())
        .isEqualTo(
            "{\"type\":\"registered\",\"realm\":\"community\",\"inviteId\":\"0197-a\","
                + "\"claimKey\":\"key\",\"accountId\":\"account\",\"displayName\":\"Anna\"}");
  }

  @Test
  void A_granted_claim_is_released_when_the_account_is_rolled_back() throws InterruptedException {
    ClaimEnd end = started(threads);
    end.granted("0197-a");
    end.rollback();
    assertThat(sent())
        .isEqualTo(
            "{\"type\":\"release\",\"realm\":\"community\",\"handle\":\"handle\","
                + "\"claimKey\":\"key\",\"accountId\":\"account\"}");
  }

  @Test
  void A_claim_without_an_answer_is_released_since_it_may_have_been_granted()
      throws InterruptedException {
    started(threads).rollback();
    assertThat(sent()).contains("\"type\":\"release\"");
  }

  @Test
  void A_refused_claim_is_not_released() throws InterruptedException {
    ClaimEnd end = started(threads);
    end.refused();
    end.rollback();
    assertThat(sent()).isNull();
  }

  @Test
  void A_full_queue_does_not_spoil_a_committed_registration() {
    ClaimEnd end =
        started(
            task -> {
              throw new RejectedExecutionException();
            });
    end.granted("0197-a");
    end.commit();
    assertThat(companion.received).isEmpty();
  }

  @Test
  void A_message_that_breaks_does_not_spoil_a_committed_registration() {
    CompanionClient broken = mock(CompanionClient.class);
    when(broken.tell(any())).thenThrow(new IllegalStateException("broken"));
    ClaimEnd end = new ClaimEnd(new Background(Runnable::run, broken), CLAIM);
    end.begin();
    end.granted("0197-a");
    end.commit();
    assertThat(end.isActive()).isFalse();
  }

  private ClaimEnd started(Executor executor) {
    ClaimEnd end = new ClaimEnd(new Background(executor, client), CLAIM);
    end.begin();
    return end;
  }

  /** What arrived once everything that was going to be sent has been. */
  private String sent() throws InterruptedException {
    threads.shutdown();
    assertThat(threads.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
    return companion.received.isEmpty() ? null : companion.received.get(0).text();
  }
}

package org.companion.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CompanionClientTest {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Duration SHORT = Duration.ofMillis(400);
  private static final String SECRET = TestSecrets.ofBytes(32);
  private static final Message.Inspect QUESTION = new Message.Inspect("community", "hündle");
  private static final Message.Waiting LOOK =
      new Message.Waiting("community", "0197-a", "account", null);
  private static final Message.Approved FACT =
      new Message.Approved("community", "0197-a", "account", null);
  private static final String TRACEPARENT =
      "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
  private static final Span TRACED =
      Span.wrap(
          SpanContext.create(
              "0af7651916cd43dd8448eb211c80319c",
              "b7ad6b7169203331",
              TraceFlags.getSampled(),
              TraceState.getDefault()));
  private static final String ACCEPTED =
      "{\"decision\":\"accept\",\"inviteId\":\"0197-a\",\"address\":\"anna@example.org\"}";

  @Test
  void The_bytes_that_arrive_are_the_bytes_that_were_signed() {
    try (var companion = new LocalCompanion(LocalCompanion.json(200, ACCEPTED))) {
      var decision = companion.client(LONG, 4, SECRET).inspect(QUESTION);
      assertThat(decision)
          .isEqualTo(
              new Decision.Accept<>(
                  new Invitation("0197-a", "anna@example.org", null, null, null)));
      var message = companion.received.get(0);
      assertThat(message.path()).isEqualTo("/idp/v1/inspect");
      assertThat(message.text())
          .isEqualTo("{\"type\":\"inspect\",\"realm\":\"community\",\"handle\":\"hündle\"}");
      assertThat(message.id()).isNotBlank().doesNotContain(".");
      assertThat(message.signature())
          .isEqualTo(
              new WebhookSigner(List.of(SECRET))
                  .sign(message.id(), message.timestamp(), message.body()));
    }
  }

  @Test
  void A_probe_tells_the_status_and_nothing_where_nobody_answers() {
    try (var companion =
        new LocalCompanion(
            (exchange, nth) -> LocalCompanion.reply(exchange, nth == 1 ? 200 : 401, "{}"))) {
      CompanionClient client = companion.client(LONG, 4, SECRET);
      assertThat(client.probe("community")).isEqualTo(200);
      assertThat(client.probe("community")).isEqualTo(401);
      assertThat(companion.received.get(0).text())
          .isEqualTo("{\"type\":\"inspect\",\"realm\":\"community\",\"handle\":\"probe\"}");
    }
    assertThat(new CompanionClient(null).probe("community")).isZero();
  }

  @Test
  void A_newcomers_text_is_sent_and_a_look_has_none() {
    try (var companion =
        new LocalCompanion(LocalCompanion.json(200, "{\"added\":1,\"mayAdd\":true}"))) {
      CompanionClient client = companion.client(LONG, 4, SECRET);
      assertThat(client.ask(new Message.Waiting("community", "0197-a", "account", "I sail.")))
          .isEqualTo(new Waiting(null, null, null, 1, true, null));
      client.ask(new Message.Waiting("community", "0197-a", "account", null));
      assertThat(companion.received.get(0).path()).isEqualTo("/idp/v1/waiting");
      assertThat(companion.received)
          .extracting(LocalCompanion.Received::text)
          .containsExactly(
              "{\"type\":\"waiting\",\"realm\":\"community\",\"inviteId\":\"0197-a\","
                  + "\"accountId\":\"account\",\"text\":\"I sail.\"}",
              "{\"type\":\"waiting\",\"realm\":\"community\",\"inviteId\":\"0197-a\","
                  + "\"accountId\":\"account\"}");
    }
    assertThat(new CompanionClient(null).ask(new Message.Waiting("community", "a", "b", null)))
        .isNull();
  }

  @Test
  void A_decision_names_the_admin_where_one_is_known() {
    try (var companion = new LocalCompanion(LocalCompanion.json(200, "{}"))) {
      CompanionClient client = companion.client(LONG, 4, SECRET);
      client.tell(new Message.Denied("community", "0197-a", "account", "root"));
      client.tell(new Message.Denied("community", "0197-a", "account", null));
      assertThat(companion.received)
          .extracting(LocalCompanion.Received::text)
          .containsExactly(
              "{\"type\":\"denied\",\"realm\":\"community\",\"inviteId\":\"0197-a\","
                  + "\"accountId\":\"account\",\"by\":\"root\"}",
              "{\"type\":\"denied\",\"realm\":\"community\",\"inviteId\":\"0197-a\","
                  + "\"accountId\":\"account\"}");
    }
  }

  @Test
  void While_secrets_rotate_both_sign() {
    String previous = TestSecrets.ofBytes(24);
    try (var companion = new LocalCompanion(LocalCompanion.json(200, "{}"))) {
      assertThat(
              companion
                  .client(LONG, 4, SECRET, previous)
                  .tell(new Message.Approved("community", "0197-a", "account", null)))
          .isTrue();
      var message = companion.received.get(0);
      assertThat(message.path()).isEqualTo("/idp/v1/facts");
      assertThat(message.signature().split(" "))
          .contains(
              new WebhookSigner(List.of(previous))
                  .sign(message.id(), message.timestamp(), message.body()))
          .hasSize(2);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 500, 503})
  void A_passing_failure_is_repeated_once_with_the_same_id_and_body(int status) {
    LocalCompanion.Answer secondTime =
        (exchange, nth) ->
            LocalCompanion.reply(exchange, nth == 1 ? status : 200, nth == 1 ? "{}" : ACCEPTED);
    try (var companion = new LocalCompanion(secondTime)) {
      var decision = companion.client(LONG, 4, SECRET).inspect(QUESTION);
      assertThat(decision).isInstanceOf(Decision.Accept.class);
      assertThat(companion.received).hasSize(2);
      assertThat(companion.received.get(1).id()).isEqualTo(companion.received.get(0).id());
      assertThat(companion.received.get(1).body()).isEqualTo(companion.received.get(0).body());
    }
  }

  @Test
  void A_second_failure_is_the_last() {
    try (var companion = new LocalCompanion(LocalCompanion.json(503, "{}"))) {
      assertThat(companion.client(LONG, 4, SECRET).inspect(QUESTION)).isEqualTo(unavailable());
      assertThat(companion.received).hasSize(2);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {201, 204, 400, 401, 404, 409, 413, 415})
  void A_final_failure_is_not_repeated(int status) {
    try (var companion = new LocalCompanion(LocalCompanion.json(status, ""))) {
      assertThat(companion.client(LONG, 4, SECRET).inspect(QUESTION)).isEqualTo(unavailable());
      assertThat(companion.received).hasSize(1);
    }
  }

  @Test
  void A_pooled_connection_that_died_is_replaced() {
    LocalCompanion.Answer breaksOnSecond =
        (exchange, nth) -> {
          if (nth != 2) {
            LocalCompanion.reply(exchange, 200, ACCEPTED);
          } // closed without an answer otherwise
        };
    try (var companion = new LocalCompanion(breaksOnSecond)) {
      CompanionClient client = companion.client(LONG, 4, SECRET);
      assertThat(client.inspect(QUESTION)).isInstanceOf(Decision.Accept.class);
      assertThat(client.inspect(QUESTION)).isInstanceOf(Decision.Accept.class);
      assertThat(companion.received).hasSize(3);
      assertThat(companion.received.get(2).id()).isEqualTo(companion.received.get(1).id());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 307, 308})
  void A_redirect_is_not_followed(int status) {
    LocalCompanion.Answer elsewhere =
        (exchange, nth) -> {
          exchange.getResponseHeaders().set("location", "/elsewhere");
          LocalCompanion.reply(exchange, status, "");
        };
    try (var companion = new LocalCompanion(elsewhere)) {
      assertThat(companion.client(LONG, 4, SECRET).inspect(QUESTION)).isEqualTo(unavailable());
      assertThat(companion.received)
          .extracting(LocalCompanion.Received::path)
          .containsExactly("/idp/v1/inspect");
    }
  }

  @Test
  void An_answer_that_is_too_long_decides_nothing() {
    String padding = " ".repeat(64 * 1024);
    try (var companion = new LocalCompanion(LocalCompanion.json(200, ACCEPTED + padding))) {
      assertThat(companion.client(LONG, 4, SECRET).inspect(QUESTION)).isEqualTo(unavailable());
    }
  }

  @Test
  void A_companion_that_never_answers_is_given_up() {
    CountDownLatch over = new CountDownLatch(1);
    try (var companion = new LocalCompanion((exchange, nth) -> over.await())) {
      assertThat(companion.client(SHORT, 4, SECRET).inspect(QUESTION)).isEqualTo(unavailable());
      over.countDown();
    }
  }

  @Test
  void An_answer_that_drips_without_an_end_is_given_up() {
    CountDownLatch over = new CountDownLatch(1);
    LocalCompanion.Answer drip =
        (exchange, nth) -> {
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write(ACCEPTED.getBytes(StandardCharsets.UTF_8));
          exchange.getResponseBody().flush();
          over.await();
        };
    try (var companion = new LocalCompanion(drip)) {
      assertThat(companion.client(SHORT, 4, SECRET).inspect(QUESTION)).isEqualTo(unavailable());
      over.countDown();
    }
  }

  @Test
  void Nobody_listening_decides_nothing() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    var options =
        new CompanionOptions(
            URI.create("http://127.0.0.1:" + port + "/"),
            new WebhookSigner(List.of(SECRET)),
            SHORT,
            LONG,
            4);
    assertThat(new CompanionClient(options).inspect(QUESTION)).isEqualTo(unavailable());
  }

  @Test
  void More_calls_than_allowed_are_refused_at_once_and_later_ones_go_through() throws Exception {
    CountDownLatch busy = new CountDownLatch(2);
    CountDownLatch go = new CountDownLatch(1);
    LocalCompanion.Answer blocking =
        (exchange, nth) -> {
          busy.countDown();
          go.await();
          LocalCompanion.reply(exchange, 200, ACCEPTED);
        };
    try (var companion = new LocalCompanion(blocking)) {
      CompanionClient client = companion.client(LONG, 2, SECRET);
      List<CompletableFuture<Decision<Invitation>>> calls = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        calls.add(CompletableFuture.supplyAsync(() -> client.inspect(QUESTION)));
      }
      assertThat(busy.await(10, TimeUnit.SECONDS)).isTrue();
      assertThat(client.inspect(QUESTION)).isEqualTo(unavailable());
      assertThat(companion.received).hasSize(2);
      go.countDown();
      for (var call : calls) {
        assertThat(call.get(10, TimeUnit.SECONDS)).isInstanceOf(Decision.Accept.class);
      }
      assertThat(client.inspect(QUESTION)).isInstanceOf(Decision.Accept.class);
    }
  }

  @Test
  void Waiting_pages_keep_nobody_from_registering() throws Exception {
    CountDownLatch busy = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    LocalCompanion.Answer slowForPages =
        (exchange, nth) -> {
          if (exchange.getRequestURI().getPath().endsWith("/waiting")) {
            busy.countDown();
            go.await();
          }
          LocalCompanion.reply(exchange, 200, ACCEPTED);
        };
    try (var companion = new LocalCompanion(slowForPages)) {
      CompanionClient client = companion.client(LONG, 1, SECRET);
      var page = CompletableFuture.supplyAsync(() -> client.ask(LOOK));
      assertThat(busy.await(10, TimeUnit.SECONDS)).isTrue();
      assertThat(client.ask(LOOK)).isNull();
      assertThat(client.inspect(QUESTION)).isInstanceOf(Decision.Accept.class);
      go.countDown();
      page.get(10, TimeUnit.SECONDS);
    }
  }

  @Test
  void What_is_told_waits_for_its_turn() throws Exception {
    CountDownLatch busy = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    LocalCompanion.Answer slowForPages =
        (exchange, nth) -> {
          if (exchange.getRequestURI().getPath().endsWith("/waiting")) {
            busy.countDown();
            go.await();
          }
          LocalCompanion.reply(exchange, 200, "{}");
        };
    try (var companion = new LocalCompanion(slowForPages)) {
      CompanionClient client = companion.client(LONG, 1, SECRET);
      var page = CompletableFuture.supplyAsync(() -> client.ask(LOOK));
      assertThat(busy.await(10, TimeUnit.SECONDS)).isTrue();
      CompletableFuture<Boolean> told = new CompletableFuture<>();
      Thread teller = new Thread(() -> told.complete(client.tell(FACT)));
      teller.start();
      while (teller.isAlive() && teller.getState() != Thread.State.TIMED_WAITING) {
        Thread.onSpinWait();
      }
      go.countDown();
      assertThat(told.get(10, TimeUnit.SECONDS)).isTrue();
      page.get(10, TimeUnit.SECONDS);
    }
  }

  @Test
  void What_is_told_is_repeated_as_the_same_message_until_it_is_taken() {
    LocalCompanion.Answer restarting =
        (exchange, nth) -> LocalCompanion.reply(exchange, nth < 3 ? 503 : 200, "{}");
    try (var companion = new LocalCompanion(restarting)) {
      assertThat(companion.client(SHORT, 1, SECRET).tell(FACT)).isTrue();
      assertThat(companion.received).hasSize(3);
      assertThat(companion.received)
          .extracting(LocalCompanion.Received::id)
          .containsOnly(idOf(companion));
      assertThat(companion.received)
          .extracting(LocalCompanion.Received::text)
          .containsOnly(companion.received.get(0).text());
    }
  }

  @Test
  void What_nobody_takes_is_given_up() {
    try (var companion = new LocalCompanion(LocalCompanion.json(503, "{}"))) {
      assertThat(companion.client(SHORT, 1, SECRET).tell(FACT)).isFalse();
      assertThat(companion.received).hasSizeBetween(3, 6); // each delivery is tried once or twice
    }
  }

  @Test
  void What_is_refused_for_good_is_told_once() {
    try (var companion = new LocalCompanion(LocalCompanion.json(400, "{}"))) {
      assertThat(companion.client(SHORT, 1, SECRET).tell(FACT)).isFalse();
      assertThat(companion.received).hasSize(1);
    }
  }

  @Test
  void A_handle_that_was_unknown_a_moment_ago_costs_no_call() {
    String unknown = "{\"decision\":\"refuse\",\"code\":\"invite_unknown\"}";
    try (var companion = new LocalCompanion(LocalCompanion.json(200, unknown))) {
      CompanionClient client = companion.client(LONG, 1, SECRET);
      var refused = new Decision.Refuse<Invitation>(new Refusal("invite_unknown", null));
      assertThat(client.inspect(QUESTION)).isEqualTo(refused);
      assertThat(client.inspect(QUESTION)).isEqualTo(refused);
      assertThat(companion.received).hasSize(1);
      client.inspect(new Message.Inspect("community", "another"));
      assertThat(companion.received).hasSize(2);
    }
  }

  @Test
  void A_call_belongs_to_the_trace_that_it_is_made_in() {
    try (var companion = new LocalCompanion(LocalCompanion.json(200, "{}"))) {
      CompanionClient client = companion.client(LONG, 1, SECRET);
      client.tell(FACT);
      Context.current()
          .with(TRACED)
          .wrap(
              () -> {
                client.tell(FACT);
                new Background(CompanionClientTest::inAnotherThread, client).tell(FACT);
              })
          .run();
      assertThat(companion.received)
          .extracting(LocalCompanion.Received::trace)
          .containsExactly(null, TRACEPARENT, TRACEPARENT);
    }
  }

  @Test
  void Without_usable_settings_nothing_is_sent_and_nobody_is_let_in() {
    CompanionClient client = new CompanionClient(null);
    assertThat(client.inspect(QUESTION)).isEqualTo(unavailable());
    assertThat(client.tell(new Message.Approved("community", "0197-a", "account", null))).isFalse();
  }

  private static void inAnotherThread(Runnable task) {
    Thread thread = new Thread(task);
    thread.start();
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String idOf(LocalCompanion companion) {
    return companion.received.get(0).id();
  }

  private static <T> Decision<T> unavailable() {
    return new Decision.Unavailable<>();
  }
}

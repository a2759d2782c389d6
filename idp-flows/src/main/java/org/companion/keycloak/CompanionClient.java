package org.companion.keycloak;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.provider.Provider;
import org.keycloak.provider.ProviderFactory;
import org.keycloak.provider.ServerInfoAwareProviderFactory;
import org.keycloak.util.JsonSerialization;

/**
 * The one way to the companion: signed, limited in time and in parallel calls, and closed when in
 * doubt. One instance serves all sessions and threads.
 */
public final class CompanionClient implements Provider {
  private static final Logger LOG = Logger.getLogger(CompanionClient.class);
  private static final int LONGEST_ANSWER = 64 * 1024;
  private static final Duration PAUSE = Duration.ofMillis(100);
  private static final int MOST_DELIVERIES = 3;

  private final CompanionOptions options;

  /** Nothing but registrations takes these: whatever else is going on can't close the door. */
  private final Semaphore registrations;

  /** Waiting pages, and what is told in the background, which waits for its turn. */
  private final Semaphore others;

  private final UnknownHandles unknown = new UnknownHandles(System::nanoTime);
  private final HttpClient http;

  /**
   * @param options null when the settings are not usable: every question is then unavailable
   */
  CompanionClient(CompanionOptions options) {
    this.options = options;
    registrations = permits(options);
    others = permits(options);
    http =
        options == null
            ? null
            : HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(options.connectTimeout())
                .build();
  }

  Decision<Invitation> inspect(Message.Inspect question) {
    Refusal known = unknown.find(question);
    if (known != null) {
      return new Decision.Refuse<>(known);
    }
    Decision<Invitation> decision = decide(question, AnswerReader::inspected);
    if (decision instanceof Decision.Refuse<Invitation> refused) {
      unknown.keep(question, refused.refusal());
    }
    return decision;
  }

  Decision<Grant> claim(Message.Claim question) {
    return decide(question, AnswerReader::claimed);
  }

  /** Null when the companion did not answer. */
  Waiting ask(Message.Waiting question) {
    Reply reply = send(question, others);
    return reply.status() == 200 ? AnswerReader.waiting(reply.body()) : null;
  }

  /**
   * Sends a release or a fact, again and again within bounds, so not for a request's thread; false
   * when it did not arrive for sure.
   */
  boolean tell(Message message) {
    if (options == null) {
      return send(message, others).status() == 200;
    }
    Call call = Call.of(message);
    Reply reply = send(call, others, options.timeout());
    for (int sent = 1; sent < MOST_DELIVERIES && reply.mayChange(); sent++) {
      if (!pause(options.timeout())) {
        break;
      }
      reply = send(call, others, options.timeout());
    }
    return reply.status() == 200;
  }

  /**
   * Asks about a handle that nobody has, to see whether questions arrive and are taken.
   *
   * @return the answer's HTTP status; 0 when there was none
   */
  int probe(String realm) {
    return send(new Message.Inspect(realm, "probe"), others).status();
  }

  private <T> Decision<T> decide(Message question, Function<byte[], Decision<T>> read) {
    Reply reply = send(question, registrations);
    return reply.status() == 200 ? read.apply(reply.body()) : new Decision.Unavailable<>();
  }

  private Reply send(Message message, Semaphore permits) {
    return send(Call.of(message), permits, Duration.ZERO);
  }

  private Reply send(Call call, Semaphore permits, Duration patience) {
    if (!acquire(permits, patience)) {
      LOG.errorf(
          "No %s sent: %s",
          call.endpoint(), options == null ? "not configured" : "all calls are busy");
      return Reply.NONE;
    }
    try {
      return sendTwice(call);
    } finally {
      permits.release();
    }
  }

  private static boolean acquire(Semaphore permits, Duration patience) {
    try {
      return permits.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private Reply sendTwice(Call call) {
    long deadline = System.nanoTime() + options.timeout().toNanos();
    Reply reply = sendOnce(call, deadline);
    boolean timeLeft = deadline - System.nanoTime() >= 2 * PAUSE.toNanos();
    if (reply.mayChange() && timeLeft && pause(PAUSE)) {
      reply = sendOnce(call, deadline);
    }
    if (reply.status() != 200) {
      LOG.errorf(
          "The companion did not answer %s %s: %s", call.endpoint(), call.id(), reply.problem());
    }
    return reply;
  }

  private Reply sendOnce(Call call, long deadline) {
    long seconds = Instant.now().getEpochSecond();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(options.url().resolve("idp/v1/" + call.endpoint()))
            .header("content-type", "application/json")
            .header("webhook-id", call.id())
            .header("webhook-timestamp", Long.toString(seconds))
            .header("webhook-signature", options.signer().sign(call.id(), seconds, call.body()))
            .POST(HttpRequest.BodyPublishers.ofByteArray(call.body()));
    trace(request);
    CompletableFuture<HttpResponse<byte[]>> answer =
        http.sendAsync(request.build(), CappedBody.of(LONGEST_ANSWER));
    try {
      HttpResponse<byte[]> response =
          answer.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      return new Reply(response.statusCode(), response.body(), "status " + response.statusCode());
    } catch (TimeoutException e) {
      answer.cancel(true);
      return Reply.none("no answer in time");
    } catch (ExecutionException e) {
      return Reply.none(e.getCause().toString());
    } catch (InterruptedException e) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      return Reply.none("interrupted");
    }
  }

  /** The way W3C Trace Context says; Keycloak has a current span only while it traces. */
  private static void trace(HttpRequest.Builder request) {
    SpanContext span = Span.current().getSpanContext();
    if (span.isValid()) {
      request.header(
          "traceparent",
          String.join(
              "-", "00", span.getTraceId(), span.getSpanId(), span.getTraceFlags().asHex()));
    }
  }

  /** Gives a restarting companion a moment; false when this thread is to end. */
  private static boolean pause(Duration length) {
    try {
      Thread.sleep(length.toMillis());
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** In turn: otherwise whoever doesn't wait would always be faster than who does. */
  private static Semaphore permits(CompanionOptions options) {
    return new Semaphore(options == null ? 0 : options.maxParallel(), true);
  }

  @Override
  public void close() {}

  /** One message: its id and its bytes are the same each time that it is sent. */
  private record Call(String endpoint, String id, byte[] body) {
    static Call of(Message message) {
      try {
        return new Call(
            message.endpoint(),
            "msg_" + UUID.randomUUID(),
            JsonSerialization.writeValueAsBytes(message));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private record Reply(int status, byte[] body, String problem) {
    static final Reply NONE = none("not sent");

    static Reply none(String problem) {
      return new Reply(0, new byte[0], problem);
    }

    boolean mayChange() {
      return status == 0 || status == 429 || status >= 500;
    }
  }

  /** Checks the settings at start; with unusable ones the server runs, but nobody registers. */
  public static final class Factory
      implements ProviderFactory<CompanionClient>, ServerInfoAwareProviderFactory {
    private CompanionClient client = new CompanionClient(null);

    @Override
    public void init(Config.Scope scope) {
      try {
        CompanionOptions options = CompanionOptions.from(scope);
        client = new CompanionClient(options);
        LOG.infof("Registrations are decided by the companion at %s", options.url());
      } catch (IllegalArgumentException e) {
        LOG.errorf("Nobody can register: %s", e.getMessage());
      }
    }

    @Override
    public CompanionClient create(KeycloakSession session) {
      return client;
    }

    @Override
    public Map<String, String> getOperationalInfo() {
      return Map.of(
          "version", ThisProvider.VERSION, "contract", String.valueOf(ThisProvider.CONTRACT));
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {}

    @Override
    public void close() {}

    @Override
    public String getId() {
      return "default";
    }
  }
}

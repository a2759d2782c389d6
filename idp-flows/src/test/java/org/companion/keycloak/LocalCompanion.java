package org.companion.keycloak;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A real HTTP server that answers as a test says and remembers what it was asked. */
final class LocalCompanion implements AutoCloseable {
  /** One received message, byte for byte. */
  record Received(
      String path, String id, long timestamp, String signature, String trace, byte[] body) {
    String text() {
      return new String(body, StandardCharsets.UTF_8);
    }
  }

  /** How to answer the nth message, counted from 1. */
  interface Answer {
    void to(HttpExchange exchange, int nth) throws IOException, InterruptedException;
  }

  final List<Received> received = new CopyOnWriteArrayList<>();
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();

  LocalCompanion(Answer answer) {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            answer.to(exchange, remember(exchange));
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    server.start();
  }

  static Answer json(int status, String body) {
    return (exchange, nth) -> reply(exchange, status, body);
  }

  static void reply(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("content-type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
  }

  CompanionClient client(Duration timeout, int maxParallel, String... secrets) {
    return new CompanionClient(
        new CompanionOptions(
            url(), new WebhookSigner(List.of(secrets)), timeout, timeout, maxParallel));
  }

  private synchronized int remember(HttpExchange exchange) throws IOException {
    var headers = exchange.getRequestHeaders();
    received.add(
        new Received(
            exchange.getRequestURI().getPath(),
            headers.getFirst("webhook-id"),
            Long.parseLong(headers.getFirst("webhook-timestamp")),
            headers.getFirst("webhook-signature"),
            headers.getFirst("traceparent"),
            exchange.getRequestBody().readAllBytes()));
    return received.size();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}

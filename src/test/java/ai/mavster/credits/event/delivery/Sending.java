package ai.mavster.credits.event.delivery;

import ai.mavster.credits.event.EventAnswer;
import ai.mavster.credits.event.webhook.WebhookSecret;
import ai.mavster.credits.event.webhook.WebhookSettings;
import ai.mavster.credits.event.webhook.WebhookTarget;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Attempts to deliver an event to whoever is at the other end. */
final class Sending implements AutoCloseable {

    static final Duration WITHIN = Duration.ofSeconds(1);
    static final String BODY =
            "{\"id\":\"evt_00000000-0000-0001-0000-000000000002\",\"type\":\"top_up.posted\",\"timestamp\":\"2026-11-21T18:39:00Z\","
                    + "\"version\":1,\"data\":{\"account_id\":\"acct_7\",\"sequence\":1,\"credits\":12.5}}";

    private final Vertx vertx = Vertx.vertx();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch over = new CountDownLatch(1);

    @Override
    public void close() {
        over.countDown();
        vertx.close();
        threads.shutdownNow();
    }

    record Settings(boolean allowPrivateTargets) implements WebhookSettings {

        @Override
        public boolean deliver() {
            return true;
        }

        @Override
        public Duration secretOverlap() {
            return Duration.ofDays(1);
        }

        @Override
        public Duration disableAfter() {
            return Duration.ofDays(3);
        }

        @Override
        public int inFlight() {
            return 1;
        }

        @Override
        public Duration connectWithin() {
            return WITHIN;
        }

        @Override
        public Duration answerWithin() {
            return WITHIN;
        }
    }

    Attempt send(String url, boolean privateAllowed, HostResolver resolver) {
        return send(url, privateAllowed, resolver, 0);
    }

    Attempt send(String url, boolean privateAllowed, HostResolver resolver, int attempts) {
        Sender sender = sender(privateAllowed, resolver);
        try {
            return sender.send(event(), target(url), attempts)
                    .toCompletableFuture()
                    .join();
        } finally {
            sender.stop();
        }
    }

    /** To be stopped. */
    Sender sender(boolean privateAllowed, HostResolver resolver) {
        return new Sender(
                vertx,
                resolver,
                new Settings(privateAllowed),
                JsonMapper.builder()
                        .addModule(new JavaTimeModule())
                        .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                        .build(),
                Clock.systemUTC());
    }

    static EventAnswer event() {
        return EventAnswer.of(
                new UUID(1, 2),
                "top_up.posted",
                Instant.parse("2026-11-21T18:39:00Z"),
                1,
                "acct_7",
                1,
                "{\"credits\":12.5}");
    }

    static WebhookTarget target(String url) {
        return new WebhookTarget(url, List.of(new WebhookSecret(new byte[32])));
    }

    static HostResolver to(String... addresses) {
        return host -> CompletableFuture.completedFuture(addresses(addresses));
    }

    static List<InetAddress> addresses(String... texts) {
        List<InetAddress> addresses = new ArrayList<>();
        for (String text : texts) {
            try {
                addresses.add(InetAddress.getByName(text));
            } catch (UnknownHostException e) {
                throw new AssertionError(e);
            }
        }
        return addresses;
    }

    /** What a receiver does with a connection, the request unread. */
    interface Doing {
        void with(Socket connection) throws IOException;
    }

    /** The port of somebody who does that with whoever connects. */
    int somebody(Doing doing) throws IOException {
        ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        threads.execute(() -> {
            try (server) {
                while (over.getCount() > 0) {
                    try (Socket connection = server.accept()) {
                        doing.with(connection);
                    } catch (IOException hungUp) {
                        // It is what is expected of the other side.
                    }
                }
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        return server.getLocalPort();
    }

    Attempt sendTo(Doing doing) throws IOException {
        return send("http://hooks.example.com:" + somebody(doing) + "/hook", true, to("127.0.0.1"));
    }

    static void write(Socket connection, String text) throws IOException {
        connection.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        connection.getOutputStream().flush();
    }

    void wait(Socket connection) {
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

package ai.mavster.credits.event.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.event.EventAnswer;
import ai.mavster.credits.event.delivery.Attempt.Failure;
import ai.mavster.credits.event.delivery.Receiver.Answer;
import ai.mavster.credits.event.webhook.WebhookSecret;
import ai.mavster.credits.event.webhook.WebhookSettings;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.OutputStream;
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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whatever is at the other end, an attempt comes to its end, in time, and reaches nothing that it must not. */
class SenderTest {

    private static final Duration WITHIN = Duration.ofSeconds(1);
    private static final String BODY =
            "{\"id\":\"evt_00000000-0000-0001-0000-000000000002\",\"type\":\"top_up.posted\",\"timestamp\":\"2026-11-21T18:39:00Z\","
                    + "\"version\":1,\"data\":{\"account_id\":\"acct_7\",\"sequence\":1,\"credits\":12.5}}";

    private final Vertx vertx = Vertx.vertx();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch over = new CountDownLatch(1);

    @AfterEach
    void stop() {
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

    private Attempt send(String url, boolean privateAllowed, HostResolver resolver) {
        return send(url, privateAllowed, resolver, 0);
    }

    private Attempt send(String url, boolean privateAllowed, HostResolver resolver, int attempts) {
        Sender sender = new Sender(
                vertx,
                resolver,
                new Settings(privateAllowed),
                JsonMapper.builder()
                        .addModule(new JavaTimeModule())
                        .disable(com.fasterxml.jackson.databind.SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                        .build(),
                Clock.systemUTC());
        try {
            return sender.send(pending(url, attempts)).toCompletableFuture().join();
        } finally {
            sender.stop();
        }
    }

    static Pending pending(String url, int attempts) {
        EventAnswer event = EventAnswer.of(
                new UUID(1, 2),
                "top_up.posted",
                Instant.parse("2026-11-21T18:39:00Z"),
                1,
                "acct_7",
                1,
                "{\"credits\":12.5}");
        return new Pending(
                new Pending.Claim("acct_7", new UUID(0, 1), new UUID(0, 2)),
                1,
                attempts,
                attempts,
                event,
                url,
                List.of(new WebhookSecret(new byte[32])));
    }

    private static HostResolver to(String... addresses) {
        return host -> CompletableFuture.completedFuture(addresses(addresses));
    }

    private static List<InetAddress> addresses(String... texts) {
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
    private interface Doing {
        void with(Socket connection) throws IOException;
    }

    /** The port of somebody who does that with whoever connects. */
    private int somebody(Doing doing) throws IOException {
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

    private Attempt sendTo(Doing doing) throws IOException {
        return send("http://hooks.example.com:" + somebody(doing) + "/hook", true, to("127.0.0.1"));
    }

    private static void write(Socket connection, String text) throws IOException {
        connection.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        connection.getOutputStream().flush();
    }

    private void wait(Socket connection) {
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void whatIsTakenIsDelivered() {
        try (Receiver receiver = Receiver.start()) {
            receiver.answers(request -> Answer.of(202, "Thanks"));
            Attempt attempt = send("http://hooks.example.com:" + receiver.port() + "/a?b=c", true, to("127.0.0.1"));
            assertThat(attempt.isDelivered()).isTrue();
            assertThat(attempt.status()).isEqualTo(202);
            assertThat(attempt.answer()).isEqualTo("Thanks");
            assertThat(receiver.received()).hasSize(1);
            assertThat(receiver.received().get(0).body()).isEqualTo(BODY);
            assertThat(receiver.received().get(0).path()).isEqualTo("/a?b=c");
            assertThat(receiver.received().get(0).header("host")).isEqualTo("hooks.example.com:" + receiver.port());
            assertThat(receiver.received().get(0).header("connection")).isEqualTo("close");
        }
    }

    @Test
    void aRedirectIsNotFollowed() {
        try (Receiver inside = Receiver.start();
                Receiver receiver = Receiver.start()) {
            for (int status : new int[] {301, 302, 303, 307, 308}) {
                receiver.answers(request -> Answer.of(status).with("Location", inside.url()));
                Attempt attempt = send("http://hooks.example.com:" + receiver.port(), true, to("127.0.0.1"));
                assertThat(attempt.failure()).isEqualTo(Failure.STATUS);
                assertThat(attempt.status()).isEqualTo(status);
            }
            assertThat(inside.received()).isEmpty();
        }
    }

    @Test
    void whatIsNotPublicIsNotConnectedTo() {
        try (Receiver receiver = Receiver.start()) {
            String url = "https://hooks.example.com:" + receiver.port() + "/";
            for (String address : List.of("127.0.0.1", "::1", "10.0.0.1", "169.254.169.254", "::ffff:127.0.0.1")) {
                assertThat(send(url, false, to(address)).failure()).as(address).isEqualTo(Failure.NOT_PUBLIC);
                // A name that leads to this network as well.
                for (int attempts = 0; attempts < 2; attempts++) {
                    assertThat(send(url, false, to("8.8.8.8", address), attempts)
                                    .failure())
                            .as(address)
                            .isEqualTo(Failure.NOT_PUBLIC);
                }
            }
            assertThat(send(receiver.url(), false, new SystemResolver()).failure())
                    .isEqualTo(Failure.NOT_PUBLIC);
            assertThat(send("http://localhost:" + receiver.port(), false, new SystemResolver())
                            .failure())
                    .isEqualTo(Failure.NOT_PUBLIC);
            assertThat(receiver.received()).isEmpty();
        }
    }

    /** The name is looked up once for each attempt, and what was checked is what is connected to. */
    @Test
    void aNameMayLeadElsewhereTheNextTime() {
        try (Receiver receiver = Receiver.start()) {
            AtomicInteger asked = new AtomicInteger();
            HostResolver turning = host -> CompletableFuture.completedFuture(
                    addresses(asked.incrementAndGet() == 1 ? "127.0.0.1" : "127.0.0.2"));
            String url = "http://hooks.example.com:" + receiver.port();
            assertThat(send(url, true, turning).isDelivered()).isTrue();
            assertThat(asked).hasValue(1);
            assertThat(send(url, true, turning).failure()).isEqualTo(Failure.UNREACHABLE);
            assertThat(asked).hasValue(2);
            assertThat(send(url, false, turning).failure()).isEqualTo(Failure.NOT_PUBLIC);
            assertThat(asked).hasValue(3);
            assertThat(receiver.received()).hasSize(1);
        }
    }

    @Test
    void addressesAreTriedInTurns() {
        try (Receiver receiver = Receiver.start()) {
            String url = "http://hooks.example.com:" + receiver.port();
            HostResolver two = to("127.0.0.2", "127.0.0.1");
            assertThat(send(url, true, two, 0).failure()).isEqualTo(Failure.UNREACHABLE);
            assertThat(send(url, true, two, 1).isDelivered()).isTrue();
        }
    }

    @Test
    void aNameThatLeadsNowhereIsSaidSo() {
        HostResolver nowhere = host -> CompletableFuture.failedFuture(new UnknownHostException(host));
        assertThat(send("http://nowhere.invalid/", true, nowhere).failure()).isEqualTo(Failure.UNRESOLVED);
        assertThat(send("", true, nowhere).failure()).isEqualTo(Failure.UNRESOLVED);
    }

    @Test
    void whoNeverAnswersIsGivenUpInTime() throws IOException {
        Attempt attempt = sendTo(this::wait);
        assertThat(attempt.failure()).isEqualTo(Failure.TIMEOUT);
        assertThat(attempt.took()).isBetween(WITHIN, WITHIN.plusSeconds(5));
    }

    @Test
    void whoHangsUpIsSaidSo() throws IOException {
        assertThat(sendTo(connection -> {}).failure()).isEqualTo(Failure.CLOSED);
        assertThat(sendTo(connection -> write(connection, "HTTP/1.1 200 O")).failure())
                .isEqualTo(Failure.CLOSED);
    }

    @Test
    void whatIsNoHttpIsSaidSo() throws IOException {
        assertThat(sendTo(connection -> write(connection, "SSH-2.0-OpenSSH_9.9\r\n\r\n"))
                        .failure())
                .isEqualTo(Failure.MALFORMED);
        assertThat(sendTo(connection -> {
                            write(connection, "HTTP/1.1 200 OK\r\n");
                            while (true) {
                                write(connection, "x: " + "y".repeat(1_000) + "\r\n");
                            }
                        })
                        .failure())
                .isEqualTo(Failure.MALFORMED);
    }

    /** It has said that it took it; of what it says then no more is read than a bound. */
    @Test
    void gigabytesAreNotRead() throws IOException {
        AtomicLong sent = new AtomicLong();
        Attempt attempt = sendTo(connection -> {
            write(connection, "HTTP/1.1 200 OK\r\nContent-Length: 10000000000\r\n\r\n");
            OutputStream out = connection.getOutputStream();
            byte[] part = "x".repeat(10_000).getBytes(StandardCharsets.US_ASCII);
            while (true) {
                out.write(part);
                sent.addAndGet(part.length);
            }
        });
        assertThat(attempt.isDelivered()).isTrue();
        assertThat(attempt.answer()).hasSize(1_024);
        assertThat(attempt.took()).isLessThan(WITHIN);
        assertThat(sent.get()).isLessThan(20_000_000);
    }

    @Test
    void whoDripsIsNotListenedToForLong() throws IOException {
        Attempt attempt = sendTo(connection -> {
            write(connection, "HTTP/1.1 500 No\r\nRetry-After: 7\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n");
            wait(connection);
        });
        assertThat(attempt.failure()).isEqualTo(Failure.STATUS);
        assertThat(attempt.status()).isEqualTo(500);
        assertThat(attempt.answer()).isEqualTo("ab");
        assertThat(attempt.wish()).isEqualTo(Duration.ofSeconds(7));
        assertThat(attempt.took()).isBetween(WITHIN, WITHIN.plusSeconds(5));
    }

    /** However small it was made. */
    @Test
    void whatIsPackedIsNotUnpacked() throws IOException {
        Attempt attempt = sendTo(connection ->
                write(connection, "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\nabcd"));
        assertThat(attempt.isDelivered()).isTrue();
        assertThat(attempt.answer()).isEqualTo("abcd");
    }

    @Test
    void thousandsThatNeverAnswerHoldNoThread() throws IOException {
        int port = somebody(this::wait);
        Sender sender = new Sender(
                vertx,
                to("127.0.0.1"),
                new Settings(true),
                JsonMapper.builder().addModule(new JavaTimeModule()).build(),
                Clock.systemUTC());
        int before = Thread.activeCount();
        List<CompletableFuture<Attempt>> attempts = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            attempts.add(
                    sender.send(pending("http://hooks.example.com:" + port, 0)).toCompletableFuture());
        }
        assertThat(Thread.activeCount() - before).isLessThan(20);
        attempts.forEach(attempt -> assertThat(attempt.join().isDelivered()).isFalse());
        sender.stop();
    }
}

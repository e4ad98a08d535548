package ai.mavster.credits.event.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.event.delivery.Attempt.Failure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whatever is at the other end, an attempt comes to its end, in time, and takes no more than it must. */
class SenderEndsTest {

    private final Sending sending = new Sending();

    @AfterEach
    void stop() {
        sending.close();
    }

    @Test
    void whoNeverAnswersIsGivenUpInTime() throws IOException {
        Attempt attempt = sending.sendTo(sending::wait);
        assertThat(attempt.failure()).isEqualTo(Failure.TIMEOUT);
        assertThat(attempt.took()).isBetween(Sending.WITHIN, Sending.WITHIN.plusSeconds(5));
    }

    @Test
    void whoHangsUpIsSaidSo() throws IOException {
        assertThat(sending.sendTo(connection -> {}).failure()).isEqualTo(Failure.CLOSED);
        assertThat(sending.sendTo(connection -> Sending.write(connection, "HTTP/1.1 200 O"))
                        .failure())
                .isEqualTo(Failure.CLOSED);
    }

    @Test
    void whatIsNoHttpIsSaidSo() throws IOException {
        assertThat(sending.sendTo(connection -> Sending.write(connection, "SSH-2.0-OpenSSH_9.9\r\n\r\n"))
                        .failure())
                .isEqualTo(Failure.MALFORMED);
        assertThat(sending.sendTo(connection -> {
                            Sending.write(connection, "HTTP/1.1 200 OK\r\n");
                            while (true) {
                                Sending.write(connection, "x: " + "y".repeat(1_000) + "\r\n");
                            }
                        })
                        .failure())
                .isEqualTo(Failure.MALFORMED);
    }

    /** It has said that it took it; of what it says then no more is read than a bound. */
    @Test
    void gigabytesAreNotRead() throws IOException {
        AtomicLong sent = new AtomicLong();
        Attempt attempt = sending.sendTo(connection -> {
            Sending.write(connection, "HTTP/1.1 200 OK\r\nContent-Length: 10000000000\r\n\r\n");
            OutputStream out = connection.getOutputStream();
            byte[] part = "x".repeat(10_000).getBytes(StandardCharsets.US_ASCII);
            while (true) {
                out.write(part);
                sent.addAndGet(part.length);
            }
        });
        assertThat(attempt.isDelivered()).isTrue();
        assertThat(attempt.answer()).hasSize(1_024);
        assertThat(attempt.took()).isLessThan(Sending.WITHIN);
        assertThat(sent.get()).isLessThan(20_000_000);
    }

    @Test
    void whoDripsIsNotListenedToForLong() throws IOException {
        Attempt attempt = sending.sendTo(connection -> {
            Sending.write(
                    connection, "HTTP/1.1 500 No\r\nRetry-After: 7\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n");
            sending.wait(connection);
        });
        assertThat(attempt.failure()).isEqualTo(Failure.STATUS);
        assertThat(attempt.status()).isEqualTo(500);
        assertThat(attempt.answer()).isEqualTo("ab");
        assertThat(attempt.retryAfter()).isEqualTo(Duration.ofSeconds(7));
        assertThat(attempt.took()).isBetween(Sending.WITHIN, Sending.WITHIN.plusSeconds(5));
    }

    /** However small it was made. */
    @Test
    void whatIsPackedIsNotUnpacked() throws IOException {
        byte[] packed = packed("a".repeat(900));
        Attempt attempt = sending.sendTo(connection -> {
            Sending.write(
                    connection,
                    "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: " + packed.length + "\r\n\r\n");
            connection.getOutputStream().write(packed);
        });
        assertThat(attempt.isDelivered()).isTrue();
        assertThat(attempt.answer()).isNotEmpty().doesNotContain("aaaa");
    }

    private static byte[] packed(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream packing = new GZIPOutputStream(bytes)) {
            packing.write(text.getBytes(StandardCharsets.US_ASCII));
        }
        return bytes.toByteArray();
    }

    @Test
    void thousandsThatNeverAnswerHoldNoThread() throws IOException {
        int port = sending.somebody(sending::wait);
        Sender sender = sending.sender(true, Sending.to("127.0.0.1"));
        int before = Thread.activeCount();
        List<CompletableFuture<Attempt>> attempts = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            attempts.add(sender.send(Sending.event(), Sending.target("http://hooks.example.com:" + port), 0)
                    .toCompletableFuture());
        }
        assertThat(Thread.activeCount() - before).isLessThan(20);
        attempts.forEach(attempt -> assertThat(attempt.join().isDelivered()).isFalse());
        sender.stop();
    }
}

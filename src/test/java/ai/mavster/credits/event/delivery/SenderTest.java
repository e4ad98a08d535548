package ai.mavster.credits.event.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.event.delivery.Attempt.Failure;
import ai.mavster.credits.event.delivery.Receiver.Answer;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is sent, and where to: nothing is reached that must not be. */
class SenderTest {

    private final Sending sending = new Sending();

    @AfterEach
    void stop() {
        sending.close();
    }

    @Test
    void whatIsTakenIsDelivered() {
        try (Receiver receiver = Receiver.start()) {
            receiver.answers(request -> Answer.of(202, "Thanks"));
            Attempt attempt = sending.send(
                    "http://hooks.example.com:" + receiver.port() + "/a?b=c", true, Sending.to("127.0.0.1"));
            assertThat(attempt.isDelivered()).isTrue();
            assertThat(attempt.status()).isEqualTo(202);
            assertThat(attempt.answer()).isEqualTo("Thanks");
            assertThat(receiver.received()).hasSize(1);
            assertThat(receiver.received().get(0).body()).isEqualTo(Sending.BODY);
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
                Attempt attempt =
                        sending.send("http://hooks.example.com:" + receiver.port(), true, Sending.to("127.0.0.1"));
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
                assertThat(sending.send(url, false, Sending.to(address)).failure())
                        .as(address)
                        .isEqualTo(Failure.NOT_PUBLIC);
                // A name that leads to this network as well.
                for (int attempts = 0; attempts < 2; attempts++) {
                    assertThat(sending.send(url, false, Sending.to("8.8.8.8", address), attempts)
                                    .failure())
                            .as(address)
                            .isEqualTo(Failure.NOT_PUBLIC);
                }
            }
            assertThat(sending.send(receiver.url(), false, new SystemResolver()).failure())
                    .isEqualTo(Failure.NOT_PUBLIC);
            assertThat(sending.send("http://localhost:" + receiver.port(), false, new SystemResolver())
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
                    Sending.addresses(asked.incrementAndGet() == 1 ? "127.0.0.1" : "127.0.0.2"));
            String url = "http://hooks.example.com:" + receiver.port();
            assertThat(sending.send(url, true, turning).isDelivered()).isTrue();
            assertThat(asked).hasValue(1);
            assertThat(sending.send(url, true, turning).failure()).isEqualTo(Failure.UNREACHABLE);
            assertThat(asked).hasValue(2);
            assertThat(sending.send(url, false, turning).failure()).isEqualTo(Failure.NOT_PUBLIC);
            assertThat(asked).hasValue(3);
            assertThat(receiver.received()).hasSize(1);
        }
    }

    @Test
    void addressesAreTriedInTurns() {
        try (Receiver receiver = Receiver.start()) {
            String url = "http://hooks.example.com:" + receiver.port();
            HostResolver two = Sending.to("127.0.0.2", "127.0.0.1");
            assertThat(sending.send(url, true, two, 0).failure()).isEqualTo(Failure.UNREACHABLE);
            assertThat(sending.send(url, true, two, 1).isDelivered()).isTrue();
        }
    }

    @Test
    void aNameThatLeadsNowhereIsSaidSo() {
        HostResolver nowhere = host -> CompletableFuture.failedFuture(new UnknownHostException(host));
        assertThat(sending.send("http://nowhere.invalid/", true, nowhere).failure())
                .isEqualTo(Failure.UNRESOLVED);
        assertThat(sending.send("", true, nowhere).failure()).isEqualTo(Failure.UNRESOLVED);
    }
}

package ai.mavster.credits.alert.mail;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Customer;
import ai.mavster.credits.Dump;
import ai.mavster.credits.Scrape;
import ai.mavster.credits.embedded.Eventually;
import ai.mavster.credits.embedded.TestDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Mail where the server is away, or silent, or several deliver at a time. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
@WithTestResource(MailServer.class)
class MailTroubleTest extends MailFixture {

    private static int failed(Scrape before) {
        String failed = "credits_mails_total{outcome=\"failed\"}";
        return Scrape.now().of(failed).subtract(before.of(failed)).intValueExact();
    }

    @Test
    void aServerThatIsAwayGetsItLater() {
        Customer customer = customer("Example");
        server.away();
        Scrape before = Scrape.now();
        customer.debit("11").is(201);
        Eventually.holds(Duration.ofSeconds(15), () -> failed(before) == 1, () -> "it failed");
        clock.moveBy(Duration.ofSeconds(50));
        delivery.deliver();
        before.risesBy("credits_mails_total{outcome=\"failed\"}", "1");
        clock.moveBy(Duration.ofSeconds(20));
        delivery.deliver();
        before.risesBy("credits_mails_total{outcome=\"failed\"}", "2");
        assertThat(waiting(customer)).isEqualTo(1);

        server.back();
        customer.debit("12").is(201);
        clock.moveBy(Duration.ofMinutes(3));
        delivery.deliver();
        arrived(1);
        assertThat(server.of(address).get(0).text()).contains("took 12 credits, more than 10. (2 times)");
        clock.moveBy(Duration.ofHours(2));
        delivery.deliver();
        arrived(1);
        assertThat(waiting(customer)).isZero();
    }

    @Test
    void aServerThatSaysNothingHoldsNobodyUp() {
        Customer customer = customer("Example");
        server.silent();
        Scrape before = Scrape.now();
        List<Customer> others = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            Customer other = customer("Other " + i);
            other.debit("11").is(201);
            others.add(other);
        }
        customer.debit("11").is(201);
        Eventually.holds(Duration.ofSeconds(30), () -> failed(before) >= 31, () -> "all were tried in vain");
        customer.debit("11").is(201);

        server.back();
        clock.moveBy(Duration.ofMinutes(3));
        delivery.deliver();
        arrived(31);
        others.forEach(other -> assertThat(waiting(other)).isZero());
    }

    @Test
    void itIsGivenUpAfterADay() {
        Customer customer = customer("Example");
        server.away();
        Scrape before = Scrape.now();
        customer.debit("11").is(201);
        Eventually.holds(Duration.ofSeconds(15), () -> failed(before) == 1, () -> "it failed");
        for (int minutes = 0; minutes < 24 * 60 + 65; minutes += 5) {
            clock.moveBy(Duration.ofMinutes(5));
            delivery.deliver();
        }
        before.risesBy("credits_mails_total{outcome=\"given_up\"}", "1");
        assertThat(failed(before)).isBetween(24, 40);
        assertThat(waiting(customer)).isZero();
        server.back();
        clock.moveBy(Duration.ofHours(2));
        delivery.deliver();
        assertThat(server.of(address)).isEmpty();
        customer.debit("12").is(201);
        arrived(1);
    }

    /** As several processes do. */
    @Test
    void whoeverDeliversBesideOthersSendsNothingTwice() throws Exception {
        server.away();
        Scrape before = Scrape.now();
        for (int i = 0; i < 30; i++) {
            customer("Example " + i).debit("11").is(201);
        }
        Eventually.holds(Duration.ofSeconds(30), () -> failed(before) >= 30, () -> "all failed");
        server.back();
        clock.moveBy(Duration.ofMinutes(70));
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<?>> deliveries = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                deliveries.add(threads.submit(delivery::deliver));
            }
            for (Future<?> one : deliveries) {
                one.get();
            }
        } finally {
            threads.shutdown();
        }
        assertThat(server.of(address)).hasSize(30);
    }

    @Test
    void nothingOfItIsLeftOfAnAccountThatIsErased() {
        Customer customer = customer("Example");
        server.away();
        Scrape before = Scrape.now();
        customer.debit("11").is(201);
        Eventually.holds(Duration.ofSeconds(15), () -> failed(before) == 1, () -> "it failed");
        customer.close("").is(200);
        customer.erase().is(200);
        assertThat(Dump.rowsOf(database, customer.id)).doesNotContainKeys("mail", "mailbox");
        server.back();
        clock.moveBy(Duration.ofHours(1));
        delivery.deliver();
        assertThat(server.of(address)).isEmpty();
    }
}

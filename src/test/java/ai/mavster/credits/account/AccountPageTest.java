package ai.mavster.credits.account;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Credits;
import ai.mavster.credits.Customer;
import ai.mavster.credits.MovableClock;
import ai.mavster.credits.Reply;
import ai.mavster.credits.embedded.TestDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One call has all that a page shows of an account. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class AccountPageTest {

    private static final Instant START = Instant.parse("2027-01-10T00:00:00Z");

    @Inject
    MovableClock clock;

    @BeforeEach
    void begin() {
        clock.stopAt(START);
    }

    @AfterEach
    void setClockRight() {
        clock.reset();
    }

    @Test
    void withoutATimeZoneItIsInUtcByName() {
        Customer customer = Customer.on("basic");

        assertThat(page(customer).all("time_zone", "subscription/time_zone")).isEqualTo("UTC UTC");
        Customer.put(customer.path(""), "{'time_zone': 'Europe/Berlin'}").is(200);
        assertThat(Customer.put(customer.path(""), "{'time_zone': null}")
                        .is(200)
                        .at("time_zone"))
                .isEqualTo("UTC");
    }

    @Test
    void whileItSpendsItShowsWhatIsLeftAndWhatComes() {
        Customer customer = Customer.on("basic");
        customer.debit("750").is(201);
        customer.subscribe("{'cancel_at_period_end': true}").is(200);

        Reply page = page(customer);

        assertThat(page.all("balance", "held", "available", "spendable", "blocked_by", "problem"))
                .isEqualTo("2250 0 2250 2250 null null");
        assertThat(page.all("subscription/status", "subscription/cancel_at_period_end", "subscription/grace_until"))
                .isEqualTo("active true null");
        assertThat(page.all("subscription/current_period/start", "subscription/current_period/end"))
                .isEqualTo("2027-01-10T00:00:00Z 2027-02-10T00:00:00Z");
        assertThat(page.all("usage/billing_period/start", "usage/credits/used", "usage/credits/included"))
                .isEqualTo("2027-01-10T00:00:00Z 750 3000");
        assertThat(page.at("next_grant")).isNull();
        customer.subscribe("{'cancel_at_period_end': false}").is(200);
        assertThat(page(customer).all("next_grant/amount", "next_grant/outcome"))
                .isEqualTo("2250 partial");
    }

    /** The problem is the whole of the 402 that a debit gets, with the way out. */
    @Test
    void whatStandsInTheWayComesWithTheWayOut() {
        Customer customer = Customer.having("100");
        customer.subscribe("{'status': 'past_due'}").is(200);

        Reply page = page(customer);
        Reply refused = customer.debit("1").is(402, "subscription_required");

        assertThat(page.all("balance", "available", "spendable", "blocked_by"))
                .isEqualTo("100 100 0 subscription_required");
        assertThat(page.all("problem/code", "problem/status", "problem/title", "problem/subscription_status"))
                .isEqualTo(refused.all("code", "status", "title", "subscription_status"));
        assertThat(page.at("problem/action/url"))
                .isEqualTo(refused.at("action/url"))
                .contains("account=" + customer.id);
        assertThat(page.at("problem/detail")).isNotEmpty();
    }

    @Test
    void withoutASubscriptionTheLast30DaysCount() {
        Customer customer = Customer.on("basic");
        customer.debit("10").is(201);
        customer.subscribe("{'status': 'canceled'}").is(200);
        clock.stopAt(clock.instant().plus(Duration.ofDays(32)));

        assertThat(page(customer).all("usage/billing_period", "usage/credits/used"))
                .isEqualTo("null 0");
        assertThat(page(Customer.create()).all("subscription", "usage/billing_period", "usage/credits/used", "balance"))
                .isEqualTo("null null 0 0");
    }

    /** What has expired and is not posted yet is neither there nor used. */
    @Test
    void whatHasExpiredIsNotUsed() {
        Customer customer = Customer.on("basic");
        customer.grant("500", ", 'expires_at': '" + START.plusSeconds(60) + "'").is(201);
        customer.debit("20").is(201);
        clock.stopAt(clock.instant().plus(Duration.ofMinutes(2)));

        assertThat(page(customer).all("balance", "usage/credits/used", "as_of"))
                .isEqualTo("3000 20 2027-01-10T00:02:00Z");
    }

    /** All figures are of one moment: what is there and what was used come to what was granted, whoever spends meanwhile. */
    @Test
    void itsFiguresAreOfOneMoment() {
        clock.reset();
        Customer customer = Customer.on("basic");
        AtomicInteger left = new AtomicInteger(400);
        List<CompletableFuture<Void>> spending = IntStream.range(0, 4)
                .mapToObj(thread -> CompletableFuture.runAsync(() -> {
                    while (left.getAndDecrement() > 0) {
                        customer.debit("0.5").is(201);
                    }
                }))
                .toList();
        int reads = 0;

        while (left.get() > 0) {
            Reply page = page(customer);
            assertThat(Credits.parse(page.at("balance")).plus(Credits.parse(page.at("usage/credits/used"))))
                    .isEqualTo(Credits.of(3000));
            reads++;
        }

        spending.forEach(CompletableFuture::join);
        assertThat(reads).isGreaterThan(10);
        assertThat(page(customer).all("balance", "usage/credits/used")).isEqualTo("2800 200");
    }

    @Test
    void itCarriesTheCallersOwnNotes() {
        Customer customer = Customer.create();
        assertThat(page(customer).at("metadata")).isNull();

        Customer.put(customer.path(""), "{'metadata': {'tier': 'gold', 'crm': '42'}}")
                .is(200);
        String updatedAt = page(customer).at("updated_at");
        clock.stopAt(clock.instant().plus(Duration.ofMinutes(1)));

        assertThat(page(customer).all("metadata/crm", "metadata/tier")).isEqualTo("42 gold");
        Customer.put(customer.path(""), "{'name': 'A', 'metadata': {'crm': '42', 'tier': 'gold'}}")
                .is(200);
        Customer.put(customer.path(""), "{'name': 'B'}").is(200);
        assertThat(page(customer).all("metadata/crm", "metadata/tier", "name")).isEqualTo("42 gold B");
        assertThat(page(customer).at("updated_at")).isNotEqualTo(updatedAt);
        Customer.put(customer.path(""), "{'metadata': {'crm': '43'}}").is(200);
        assertThat(page(customer).at("metadata")).isEqualTo("{\"crm\":\"43\"}");
        Customer.put(customer.path(""), "{'metadata': null}").is(200);
        assertThat(page(customer).at("metadata")).isNull();
        Reply refused =
                Customer.put(customer.path(""), "{'metadata': {'a b': 'x'}}").is(400, "invalid_request");
        assertThat(refused.rows("errors", "field").get(0)).startsWith("metadata");
    }

    private static Reply page(Customer customer) {
        return Customer.get(customer.path("")).is(200);
    }
}

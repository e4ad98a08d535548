package ai.mavster.credits.testclock;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Customer;
import ai.mavster.credits.Reply;
import ai.mavster.credits.embedded.TestDatabase;
import ai.mavster.credits.ledger.Ledger;
import ai.mavster.credits.subscription.RenewSubscription;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Months in seconds, told through HTTP: what falls due while a test clock is advanced. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class TestClockTest {

    private static final String START = "2026-01-10T09:00:00Z";
    private static final String[] FIGURES = {
        "test_clock", "renewed", "granted_full", "granted_partial", "skipped", "ended", "credits_granted"
    };

    @Inject
    Ledger ledger;

    @BeforeEach
    void planWithoutRollover() {
        assertThat(Customer.put(
                                "/v1/plans/clocked-none",
                                "{'name': 'Clocked', 'monthly_credits': 100, 'rollover': 'none'}")
                        .status())
                .isIn(200, 201);
    }

    private static Customer on(String plan, String start) {
        Customer customer = Customer.onTestClock(start);
        customer.subscribe("{'plan': '" + plan + "', 'status': 'active'}").is(200);
        return customer;
    }

    private static String plus(String start, Duration duration) {
        return Instant.parse(start).plus(duration).toString();
    }

    @Test
    void fourteenMonthsFillUpToTheCap() {
        Customer customer = on("basic", START).bring("0");

        Reply advanced = customer.advance("2027-03-10T09:00:00Z").is(200);

        assertThat(advanced.all(FIGURES)).isEqualTo("2027-03-10T09:00:00Z 14 1 1 12 0 4500");
        assertThat(advanced.at("account_id")).isEqualTo(customer.id);
        List<String> renewals = customer.renewals().rows("data", "index", "granted", "period_start", "at");
        assertThat(renewals).hasSize(15);
        assertThat(renewals.subList(12, 15))
                .containsExactly(
                        "2 1500 2026-03-10T09:00:00Z 2026-03-10T09:00:00Z",
                        "1 3000 2026-02-10T09:00:00Z 2026-02-10T09:00:00Z",
                        "0 3000 2026-01-10T09:00:00Z 2026-01-10T09:00:00Z");
        assertThat(renewals.get(0)).isEqualTo("14 0 2027-03-10T09:00:00Z 2027-03-10T09:00:00Z");
        assertThat(customer.entries("?kind=monthly_grant").rows("data", "credits", "occurred_at"))
                .containsExactly("1500 2026-03-10T09:00:00Z", "3000 2026-02-10T09:00:00Z", "3000 2026-01-10T09:00:00Z");
        assertThat(customer.balance().all("balance", "next_grant/at", "as_of"))
                .isEqualTo("4500 2027-04-10T09:00:00Z 2027-03-10T09:00:00Z");
        assertThat(customer.proof().all("balanced", "chain_intact")).isEqualTo("true true");
    }

    @Test
    void withoutRolloverEachOfFourteenMonthsEndsAsTheNextBegins() {
        Customer customer = on("clocked-none", START);

        assertThat(customer.advance("2027-03-10T09:00:00Z").is(200).all(FIGURES))
                .isEqualTo("2027-03-10T09:00:00Z 14 14 0 0 0 1400");

        List<String> entries = customer.entries("?limit=100").rows("data", "kind", "credits", "occurred_at");
        assertThat(entries).hasSize(1 + 2 * 14);
        assertThat(entries.subList(25, 29))
                .containsExactly(
                        "expiry -100 2026-03-10T09:00:00Z",
                        "monthly_grant 100 2026-02-10T09:00:00Z",
                        "expiry -100 2026-02-10T09:00:00Z",
                        "monthly_grant 100 2026-01-10T09:00:00Z");
        assertThat(customer.balance().at("balance")).isEqualTo("100");
        assertThat(customer.proof().all("balanced", "chain_intact")).isEqualTo("true true");
    }

    @Test
    void monthsOfA31JanuaryAreCountedFromIt() {
        Customer customer = Customer.onTestClock("2027-01-31T12:00:00Z");
        customer.subscribe("{'plan': 'basic', 'status': 'active', 'time_zone': 'Europe/Berlin'}")
                .is(200);

        customer.advance("2028-03-01T00:00:00Z").is(200);

        assertThat(customer.renewals().rows("data", "at").subList(0, 14))
                .startsWith("2028-02-29T12:00:00Z", "2028-01-31T12:00:00Z", "2027-12-31T12:00:00Z")
                .endsWith(
                        "2027-04-30T11:00:00Z", "2027-03-31T11:00:00Z", "2027-02-28T12:00:00Z", "2027-01-31T12:00:00Z");
    }

    @ParameterizedTest
    @ValueSource(strings = {START, "2050-01-10T09:00:00Z"})
    void aHoldIsReleasedAtItsInstant(String start) {
        Customer customer = on("basic", start);
        String runId = customer.id + "/run";
        start(customer, runId, "60", "PT72H");
        String end = plus(start, Duration.ofDays(3));

        customer.advance(plus(start, Duration.ofDays(3).minusSeconds(1))).is(200);
        assertThat(customer.balance().all("balance", "held")).isEqualTo("3000 60");
        assertThat(run(customer, runId).all("hold/released", "hold/remaining", "hold/expires_at"))
                .isEqualTo("0 60 " + end);

        customer.advance(end).is(200);
        assertThat(customer.balance().all("balance", "held")).isEqualTo("3000 0");
        assertThat(run(customer, runId).all("hold/released", "hold/remaining")).isEqualTo("60 0");
        assertThat(Customer.get(customer.path("/runs")).rows("data", "started_at", "hold/released"))
                .containsExactly(start + " 60");
        assertThat(customer.proof().at("balanced")).isEqualTo("true");
    }

    private static void start(Customer customer, String runId, String hold, String lasts) {
        Customer.post(
                        customer.path("/runs"),
                        Customer.newKey(),
                        "{'run_id': '%s', 'hold': %s, 'hold_expires_in': '%s'}".formatted(runId, hold, lasts))
                .is(201);
    }

    private static Reply run(Customer customer, String runId) {
        return Customer.get(customer.path("/runs/" + runId.replace("/", "%2F"))).is(200);
    }

    @Test
    void promotionalCreditsExpireAtTheirInstant() {
        Customer customer = on("basic", START);
        customer.grant("50", ", 'expires_at': '2026-02-01T00:00:00Z'").is(201);

        customer.advance("2026-01-31T23:59:59.999999Z").is(200);
        assertThat(customer.balance().at("balance")).isEqualTo("3050");
        customer.advance("2026-05-01T00:00:00Z").is(200);

        assertThat(customer.entries("?kind=expiry").rows("data", "credits", "occurred_at"))
                .containsExactly("-50 2026-02-01T00:00:00Z");
        assertThat(customer.balance().at("balance")).isEqualTo("4500");
        customer.grant("1", ", 'expires_at': '2026-04-30T00:00:00Z'").is(400);
        customer.grant("1", ", 'expires_at': '2026-05-02T00:00:00Z'").is(201);
    }

    @Test
    void whatIsToBeCanceledAtItsPeriodsEndIs() {
        Customer customer = Customer.onTestClock(START);
        customer.subscribe("{'plan': 'basic', 'status': 'active', 'cancel_at_period_end': true}")
                .is(200);

        assertThat(customer.advance("2026-06-01T00:00:00Z").is(200).all(FIGURES))
                .isEqualTo("2026-06-01T00:00:00Z 0 0 0 0 1 0");

        Reply account = Customer.get(customer.path(""));
        assertThat(account.all("balance", "subscription/status", "subscription/updated_at", "test_clock"))
                .isEqualTo("3000 canceled 2026-02-10T09:00:00Z 2026-06-01T00:00:00Z");
        customer.debit("1").is(402, "subscription_required");
    }

    /** Of credits that a hold keeps from expiring, too. */
    @Test
    void inOneGoItIsAsDayByDay() {
        Customer inOneGo = eventful();
        Customer dayByDay = eventful();

        inOneGo.advance(plus(START, Duration.ofDays(100))).is(200);
        IntStream.rangeClosed(1, 100)
                .forEach(day ->
                        dayByDay.advance(plus(START, Duration.ofDays(day))).is(200));

        assertThat(history(inOneGo)).isEqualTo(history(dayByDay));
        assertThat(inOneGo.entries("").rows("data", "kind", "credits", "balance_after", "occurred_at"))
                .contains(
                        "expiry -10 100 2026-01-17T09:00:00Z",
                        "expiry -30 110 2026-01-14T11:30:00Z",
                        "debit -20 140 2026-01-10T09:00:00Z");
        assertThat(inOneGo.proof().all("balanced", "chain_intact")).isEqualTo("true true");
    }

    private static Customer eventful() {
        Customer customer = on("clocked-none", START);
        customer.grant("60", ", 'expires_at': '2026-01-14T11:30:00Z'").is(201);
        customer.debit("20").is(201);
        start(customer, customer.id + "/run", "110", "PT168H");
        return customer;
    }

    private static List<String> history(Customer customer) {
        return Stream.of(
                        customer.entries("?limit=100")
                                .rows("data", "seq", "kind", "credits", "balance_after", "occurred_at"),
                        customer.grants().rows("data", "kind", "credits", "remaining", "expires_at", "created_at"),
                        customer.renewals().rows("data", "index", "period_start", "outcome", "balance_before", "at"))
                .flatMap(List::stream)
                .toList();
    }

    /** Some of them go less far, and are overtaken. */
    @Test
    void manyAtOnceAreAsOne() {
        Customer crowded = on("clocked-none", START);
        Customer alone = on("clocked-none", START);
        String to = "2027-03-01T00:00:00Z";
        alone.advance(to).is(200);

        List<CompletableFuture<Reply>> replies = IntStream.range(0, 8)
                .mapToObj(i -> CompletableFuture.supplyAsync(
                        () -> crowded.advance(i % 2 == 0 ? to : "2026-11-01T00:00:00Z"),
                        task -> new Thread(task).start()))
                .toList();
        int renewed = replies.stream()
                .map(CompletableFuture::join)
                .filter(reply -> reply.status() != 422)
                .mapToInt(reply -> reply.is(200).json().get("renewed").intValue())
                .sum();

        assertThat(renewed).isEqualTo(13);
        assertThat(crowded.advance(to).is(200).all(FIGURES)).isEqualTo(to + " 0 0 0 0 0 0");
        assertThat(history(crowded)).isEqualTo(history(alone));
        assertThat(crowded.proof().all("balanced", "chain_intact")).isEqualTo("true true");
    }

    /** As it is left by a process that dies between two steps. */
    @Test
    void oneThatWasCutOffGoesOn() {
        Customer cutOff = on("clocked-none", START);
        Customer alone = on("clocked-none", START);
        Instant to = Instant.parse("2026-05-01T00:00:00Z");
        alone.advance(to.toString()).is(200);

        ledger.submit(new AdvanceTestClock(cutOff.id, to)).toCompletableFuture().join();
        ledger.submit(new AdvanceTestClock(cutOff.id, to)).toCompletableFuture().join();
        assertThat(Customer.get(cutOff.path("")).all("test_clock", "balance")).isEqualTo("2026-02-10T09:00:00Z 0");
        assertThat(cutOff.advance(to.toString()).is(200).all("test_clock", "renewed"))
                .isEqualTo(to + " 3");

        assertThat(history(cutOff)).isEqualTo(history(alone));
    }

    /** It grants ahead of where the clock stands, which stands still. */
    @Test
    void whatIsAskedForAheadIsRenewedAhead() {
        Customer customer = on("clocked-none", START);
        String clock = Customer.get(customer.path("")).at("test_clock");

        renew(customer, "2020-01-01T00:00:00Z");
        assertThat(customer.renewals().rows("data", "index")).containsExactly("0");
        renew(customer, "2026-06-01T00:00:00Z");

        assertThat(customer.renewals().rows("data", "index")).containsExactly("1", "0");
        assertThat(Customer.get(customer.path("")).at("test_clock")).isEqualTo(clock);
        assertThat(customer.proof().at("balanced")).isEqualTo("true");
    }

    private void renew(Customer customer, String dueBy) {
        ledger.submit(new RenewSubscription(customer.id, Instant.parse(dueBy)))
                .toCompletableFuture()
                .join();
    }
}

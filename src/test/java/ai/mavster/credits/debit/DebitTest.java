package ai.mavster.credits.debit;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Spending and giving back, told through HTTP. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class DebitTest {

    private static final String TAKE_AVAILABLE = ", 'on_insufficient': 'take_available'";

    @Inject
    MovableClock clock;

    @AfterEach
    void setClockRight() {
        clock.reset();
    }

    @Test
    void theWholeBalanceCanBeSpentAndNotAMillionthMore() {
        Customer customer = Customer.having("3.5");

        Reply refused = customer.debit("3.500001").is(402);
        assertThat(refused.all("required", "available", "shortfall")).isEqualTo("3.500001 3.5 0.000001");

        Reply debit = customer.debit("3.5").is(201);
        assertThat(debit.all("credits", "requested", "exhausted", "balance", "held", "available", "usage/credits_used"))
                .isEqualTo("3.5 3.5 false 0 0 0 3.5");
        assertThat(debit.rows("entries", "credits")).containsExactly("-3.5");
    }

    @Test
    void aRefusalHasEveryFigure() {
        Customer customer = Customer.having("3.5");
        String next = customer.balance().at("next_grant");

        assertThat(customer.debit("12").is(402).body()).isEqualTo("""
                        {"type":"https://mavster.ai/problems/insufficient-credits","title":"Insufficient credits","status":402,\
                        "code":"insufficient_credits","detail":"This needs 12 credits; 3.5 are available. Top up to go on.",\
                        "account_id":"%1$s","required":12,"available":3.5,"shortfall":8.5,"balance":3.5,"held":0,"owed":0,"next_grant":%2$s,\
                        "action":{"label":"Top up credits","url":"http://localhost:8080/billing/top-up?account=%1$s"},\
                        "retryable_after":"top_up"}""".formatted(customer.id, next));
        assertThat(customer.balance().at("balance")).isEqualTo("3.5");
    }

    @Test
    void takingWhatIsAvailableNeedsSomething() {
        Customer customer = Customer.having("3.5");

        assertThat(customer.debit("2", TAKE_AVAILABLE).is(201).all("credits", "requested", "exhausted", "balance"))
                .isEqualTo("2 2 false 1.5");
        assertThat(customer.debit("12", TAKE_AVAILABLE).is(201).all("credits", "requested", "exhausted", "balance"))
                .isEqualTo("1.5 12 true 0");
        customer.debit("12", TAKE_AVAILABLE).is(402, "insufficient_credits");
        customer.subscribe("{'plan': 'basic', 'status': 'paused'}").is(200);
        customer.debit("12", TAKE_AVAILABLE).is(402, "subscription_required");
    }

    @Test
    void creditsBurnSoonestToExpireFirstThenMonthlyThenTopUps() {
        Customer customer = Customer.create();
        String firstTopUp = customer.topUp("1").at("grant_id");
        String secondTopUp = customer.topUp("2").at("grant_id");
        String promotional = customer.grant("4", "").at("grant_id");
        Instant soon = Instant.now().plus(Duration.ofDays(2));
        String late = customer.grant("8", ", 'expires_at': '" + soon.plusSeconds(1) + "'")
                .at("grant_id");
        String early = customer.grant("16", ", 'expires_at': '" + soon + "'").at("grant_id");
        customer.subscribe("{'plan': 'basic', 'status': 'active'}").is(200);
        String monthly = customer.renewals().at("data/0/grant_id");
        List<String> order = List.of(early, late, monthly, promotional, firstTopUp, secondTopUp);

        assertThat(customer.grants().rows("data", "grant_id", "burn_order"))
                .containsExactlyInAnyOrderElementsOf(IntStream.range(0, 6)
                        .mapToObj(i -> order.get(i) + " " + (i + 1))
                        .toList());
        Reply debit = customer.debit("3030.5").is(201);

        assertThat(debit.rows("entries", "grant_id", "credits"))
                .containsExactly(
                        early + " -16",
                        late + " -8",
                        monthly + " -3000",
                        promotional + " -4",
                        firstTopUp + " -1",
                        secondTopUp + " -1.5");
        assertThat(customer.grants().all("data/5/grant_id", "data/5/remaining", "data/5/burn_order"))
                .isEqualTo(firstTopUp + " 0 null");
    }

    @Test
    void aReversalGivesBackToTheGrantsItCameFrom() {
        Customer customer = Customer.having("10");
        String monthly = customer.renewals().at("data/0/grant_id");
        String topUp = customer.topUp("5").at("grant_id");
        String debit = customer.debit("12").at("id");

        Reply part = customer.reverse(debit, "{'credits': 3, 'reason': 'part'}").is(201);
        assertThat(part.all("debit_id", "credits", "balance")).isEqualTo(debit + " 3 6");
        assertThat(part.rows("entries", "grant_id", "credits")).containsExactly(topUp + " 2", monthly + " 1");

        Reply exceeding = customer.reverse(debit, "{'credits': 9.000001, 'reason': 'too much'}")
                .is(422, "reversal_exceeds_debit");
        assertThat(exceeding.all("debit_credits", "reversed", "reversible")).isEqualTo("12 3 9");

        Reply rest = customer.reverse(debit, "{'reason': 'rest'}").is(201);
        assertThat(rest.all("credits", "balance")).isEqualTo("9 15");
        customer.reverse(debit, "{'reason': 'again'}").is(422, "reversal_exceeds_debit");
        customer.reverse(part.at("id"), "{'reason': 'not a debit'}").is(404, "debit_not_found");
        Customer.having("1").reverse(debit, "{'reason': 'not theirs'}").is(404, "debit_not_found");
    }

    @Test
    void whatExpiresIsTakenOutByTheNextCommand() {
        Customer customer = Customer.having("10");
        Instant end = Instant.now().plus(Duration.ofHours(1));
        customer.grant("50", ", 'expires_at': '" + end + "'").is(201);
        String debit = customer.debit("20").is(201).at("id");

        clock.moveBy(Duration.ofHours(2));
        assertThat(customer.balance().at("balance")).isEqualTo("10");
        customer.debit("11").is(402, "insufficient_credits");
        customer.debit("4").is(201);

        assertThat(customer.entries("?limit=3").rows("data", "kind", "credits", "balance_after"))
                .containsExactly("debit -4 6", "expiry -30 10", "debit -20 40");
        Reply reversal = customer.reverse(debit, "{'reason': 'late'}").is(201);
        assertThat(reversal.all("credits", "balance")).isEqualTo("20 6");
        assertThat(customer.entries("?limit=2").rows("data", "kind", "credits", "balance_after"))
                .containsExactly("expiry -20 6", "reversal 20 26");
        assertThat(customer.proof().all("balanced", "chain_intact", "balance")).isEqualTo("true true 6");
    }

    @Test
    void eachOfManyDebitsStandsForItself() {
        Customer rich = Customer.having("100");
        Customer poor = Customer.having("1");
        String key = Customer.newKey();
        String one = "{'account_id': '%s', 'idempotency_key': '%s', 'credits': %s}";

        Reply bulk = Customer.post(
                        "/v1/debits",
                        "{'debits': ["
                                + String.join(
                                        ",",
                                        one.formatted(rich.id, key, "5"),
                                        one.formatted(poor.id, Customer.newKey(), "5"),
                                        one.formatted("story-nobody", Customer.newKey(), "5"),
                                        one.formatted(rich.id, Customer.newKey(), "-5"),
                                        one.formatted(rich.id, key, "5"),
                                        one.formatted(rich.id, key, "6"),
                                        "{'account_id': '" + rich.id + "', 'credits': 5}",
                                        "17",
                                        one.formatted(poor.id, Customer.newKey(), "1"),
                                        one.formatted(rich.id, Customer.newKey(), "95"))
                                + "]}")
                .is(200);

        assertThat(bulk.rows("results", "status"))
                .containsExactly("201", "402", "404", "400", "201", "422", "400", "400", "201", "201");
        assertThat(bulk.all("results/0/debit/balance", "results/4/debit/balance", "results/9/debit/balance"))
                .isEqualTo("95 95 0");
        assertThat(bulk.at("results/4/replayed")).isEqualTo("true");
        assertThat(bulk.at("results/4/debit")).isEqualTo(bulk.at("results/0/debit"));
        assertThat(bulk.all("results/1/problem/code", "results/1/problem/shortfall", "results/2/problem/code"))
                .isEqualTo("insufficient_credits 4 account_not_found");
        assertThat(bulk.all("results/3/problem/errors/0/field", "results/6/problem/errors/0/field"))
                .isEqualTo("credits idempotency_key");
        assertThat(bulk.json().at("/results/0").has("problem")).isFalse();
        assertThat(poor.balance().at("balance")).isEqualTo("0");
    }

    /** However many runners there are: what is spent is what was there. */
    @Test
    void manyRunnersNeverSpendMoreThanThereIs() {
        Customer customer = Customer.having("50");

        long paid = IntStream.range(0, 80)
                .parallel()
                .filter(i -> customer.debit("1").status() == 201)
                .count();

        assertThat(paid).isEqualTo(50);
        assertThat(customer.balance().at("balance")).isEqualTo("0");
        assertThat(customer.proof().all("balanced", "chain_intact", "entries")).isEqualTo("true true 52");
    }
}

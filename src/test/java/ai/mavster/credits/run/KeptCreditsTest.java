package ai.mavster.credits.run;

import static ai.mavster.credits.run.RunCalls.debit;
import static ai.mavster.credits.run.RunCalls.finish;
import static ai.mavster.credits.run.RunCalls.isProved;
import static ai.mavster.credits.run.RunCalls.start;
import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Customer;
import ai.mavster.credits.embedded.TestDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * Credits that expire while a run's hold needs them: they stay as long as it does, and nothing that comes in pays for
 * them.
 */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class KeptCreditsTest {

    private static final String ALL = "balance held available spendable";

    /** On Basic, with nothing but 1000 credits that expire, and a run that holds all of them. */
    private static Customer holding(String runId) {
        Customer customer = Customer.onTestClock("2026-01-31T09:00:00Z");
        customer.subscribe("{'plan': 'basic', 'status': 'active'}").is(200);
        customer.bring("0");
        return hold(customer, runId);
    }

    private static Customer hold(Customer customer, String runId) {
        customer.grant("1000", ", 'expires_at': '2026-02-02T00:00:00Z'").is(201);
        start(customer, ", 'run_id': '" + runId + "', 'hold': 1000, 'hold_expires_in': 'P7D'")
                .is(201);
        return customer;
    }

    private static String figures(Customer customer) {
        return customer.balance().all(ALL.split(" ", -1));
    }

    @Test
    void aTopUpAfterTheExpiryIsAllAvailable() {
        Customer customer = holding("run");
        customer.advance("2026-02-03T00:00:00Z").is(200);
        assertThat(figures(customer)).isEqualTo("1000 1000 0 0");

        customer.topUp("1000").is(201);
        customer.advance("2026-02-04T00:00:00Z").is(200);

        assertThat(figures(customer)).isEqualTo("2000 1000 1000 1000");
        isProved(customer);
    }

    /** The hold's own debits burn what was kept; all others pass over it. */
    @Test
    void onlyTheHoldSpendsWhatItHasKept() {
        Customer customer = holding("run");
        customer.advance("2026-02-03T00:00:00Z").is(200);
        customer.topUp("1000").is(201);

        customer.debit("250").is(201);
        debit(customer, "run", "400").is(201);

        assertThat(customer.grants().rows("data", "kind", "remaining"))
                .containsExactly("top_up 750", "promotional 600", "monthly 0");
        assertThat(figures(customer)).isEqualTo("1350 600 750 750");
        isProved(customer);
    }

    @Test
    void whatIsReleasedExpiresAtOnce() {
        Customer customer = holding("run");
        customer.advance("2026-02-03T00:00:00Z").is(200);
        customer.topUp("1000").is(201);
        debit(customer, "run", "400").is(201);

        finish(customer, "run", "success").is(200);

        assertThat(figures(customer)).isEqualTo("1000 0 1000 1000");
        assertThat(customer.entries("?limit=1").rows("data", "kind", "credits", "balance_after"))
                .containsExactly("expiry -600 1000");
        isProved(customer);
    }

    @Test
    void aHoldThatExpiresLetsGoOfItToo() {
        Customer customer = holding("run");
        customer.advance("2026-02-03T00:00:00Z").is(200);
        customer.topUp("1000").is(201);

        customer.advance("2026-02-07T09:00:00Z").is(200);

        assertThat(figures(customer)).isEqualTo("1000 0 1000 1000");
        assertThat(customer.entries("?limit=1").rows("data", "kind", "credits", "occurred_at"))
                .containsExactly("expiry -1000 2026-02-07T09:00:00Z");
        isProved(customer);
    }

    /** The month's credits expire with it, but for what is held; what the next month grants is there to be spent. */
    @Test
    void aRenewalWithoutRolloverStaysWhole() {
        String plan = "kept-" + UUID.randomUUID();
        Customer.put(
                        "/v1/plans/" + plan,
                        "{'name': 'No rollover', 'monthly_credits': 1000, 'rollover': 'none', 'cap_ratio': null}")
                .is(201);
        Customer customer = Customer.onTestClock("2026-01-31T09:00:00Z");
        customer.subscribe("{'plan': '" + plan + "', 'status': 'active'}").is(200);
        customer.advance("2026-02-27T00:00:00Z").is(200);
        start(customer, ", 'run_id': 'run', 'hold': 800, 'hold_expires_in': 'P7D'")
                .is(201);

        customer.advance("2026-03-01T00:00:00Z").is(200);
        assertThat(figures(customer)).isEqualTo("1800 800 1000 1000");

        finish(customer, "run", "success").is(200);
        assertThat(figures(customer)).isEqualTo("1000 0 1000 1000");
        isProved(customer);
    }

    @Test
    void whatIsGivenBackIsAvailable() {
        Customer customer = Customer.onTestClock("2026-01-31T09:00:00Z");
        customer.subscribe("{'plan': 'basic', 'status': 'active'}").is(200);
        customer.bring("0");
        customer.topUp("300").is(201);
        String debitId = customer.debit("300").is(201).at("id");
        hold(customer, "run");
        customer.advance("2026-02-03T00:00:00Z").is(200);

        customer.reverse(debitId, "{'reason': 'story'}").is(201);
        customer.advance("2026-02-04T00:00:00Z").is(200);

        assertThat(figures(customer)).isEqualTo("1300 1000 300 300");
        isProved(customer);
    }
}

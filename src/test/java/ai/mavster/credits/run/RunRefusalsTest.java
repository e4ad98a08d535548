package ai.mavster.credits.run;

import static ai.mavster.credits.run.RunCalls.debit;
import static ai.mavster.credits.run.RunCalls.extend;
import static ai.mavster.credits.run.RunCalls.finish;
import static ai.mavster.credits.run.RunCalls.isProved;
import static ai.mavster.credits.run.RunCalls.run;
import static ai.mavster.credits.run.RunCalls.start;
import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Customer;
import ai.mavster.credits.Reply;
import ai.mavster.credits.embedded.TestDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a run was refused in its middle, and what of it is the reason for its end. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class RunRefusalsTest {

    @Test
    void whatWasPaidLaterIsHistory() {
        Customer customer = Customer.having("10");
        String runId = start(customer, "").is(201).at("run_id");
        String key = Customer.newKey();
        debit(customer, runId, key, "'credits': 12.5").is(402);
        Reply refused = run(customer, runId);
        assertThat(refused.all("status", "reason", "refusal_count")).isEqualTo("running null 1");
        assertThat(refused.rows("refusals", "code", "required", "available"))
                .containsExactly("insufficient_credits 12.5 10");
        assertThat(refused.at("refusals/0/at")).isEqualTo(refused.at("seen_at"));

        customer.topUp("50").is(201);
        debit(customer, runId, key, "'credits': 12.5").is(201);
        Reply failed = finish(customer, runId, "failed").is(200);
        assertThat(failed.all("status", "reason", "refusal_count", "spent")).isEqualTo("failed null 1 12.5");
        assertThat(failed.rows("refusals", "code")).containsExactly("insufficient_credits");
        isProved(customer);
    }

    /** Only what was refused last, and not followed by anything that was paid, ended it. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            failed   |                          | insufficient_credits
            canceled |                          | insufficient_credits
            success  |                          |
            failed   | 'credits': 1             |
            failed   | 'action': 'wait'         | insufficient_credits
            failed   | 'action': 'nothing-like' | insufficient_credits
            """)
    void whatStoppedItIsItsReason(String end, String then, String reason) {
        Customer customer = Customer.having("10");
        String runId = start(customer, "").is(201).at("run_id");
        debit(customer, runId, "11").is(402);
        if (then != null) {
            debit(customer, runId, Customer.newKey(), then);
        }
        assertThat(finish(customer, runId, end).is(200).at("reason")).isEqualTo(reason);
        assertThat(run(customer, runId).at("reason")).isEqualTo(reason);
        isProved(customer);
    }

    @Test
    void anExtensionThatIsRefusedIsToldToo() {
        Customer customer = Customer.having("10");
        String runId = start(customer, ", 'hold': 5").is(201).at("run_id");
        extend(customer, runId, Customer.newKey(), "6").is(402, "insufficient_credits");
        assertThat(run(customer, runId).rows("refusals", "code", "required", "available"))
                .containsExactly("insufficient_credits 6 5");
        extend(customer, runId, Customer.newKey(), "5").is(200);
        assertThat(finish(customer, runId, "failed").is(200).at("reason")).isNull();
        isProved(customer);
    }

    /** A runner that never gives up does not make its run's row grow. */
    @Test
    void theLastTenAreKeptAndAllAreCounted() {
        Customer customer = Customer.having("10");
        String runId = start(customer, "").is(201).at("run_id");
        for (int i = 1; i <= 13; i++) {
            debit(customer, runId, String.valueOf(10 + i)).is(402);
        }
        Reply run = run(customer, runId);
        assertThat(run.at("refusal_count")).isEqualTo("13");
        assertThat(run.rows("refusals", "required"))
                .containsExactly("23", "22", "21", "20", "19", "18", "17", "16", "15", "14");
        assertThat(Customer.get(customer.path("/runs")).rows("data", "refusal_count"))
                .containsExactly("13");
        isProved(customer);
    }

    @Test
    void aRunThatCouldNotStartHasItsReasonAndNoHistory() {
        Customer customer = Customer.having("10");
        Reply blocked = start(customer, ", 'run_id': 'poor', 'estimate': 11");
        blocked.is(402);
        assertThat(run(customer, "poor").all("status", "reason", "refusal_count"))
                .isEqualTo("hard_failure insufficient_credits 0");
    }
}

package ai.mavster.credits;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.embedded.TestDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

/** What Prometheus reads. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class MetricsTest {

    @Test
    void whatIsDebitedIsCountedOnce() {
        Customer customer = Customer.on("basic");
        Scrape before = Scrape.now();
        String key = Customer.newKey();
        String body = "{'credits': 20.5, 'action': '/mave/chat'}";
        String debit =
                Customer.post(customer.path("/debits"), key, body).is(201).at("id");
        Customer.post(customer.path("/debits"), key, body).is(201);
        customer.debit("2", ", 'action': 'made-up-" + key + "'").is(201);
        customer.debit("3").is(201);
        Customer.post(customer.path("/debits"), Customer.newKey(), "{'action': 'POST:/personas'}")
                .is(201);
        customer.reverse(debit, "{'reason': 'R'}").is(201);
        customer.debit("1000000").is(402);

        before.risesBy("credits_used_total", "325.5");
        before.risesBy("credits_used_by_endpoint_total{action=\"/mave/chat\"}", "20.5");
        before.risesBy("credits_used_by_endpoint_total{action=\"POST:/personas\"}", "300");
        before.risesBy("credits_used_by_endpoint_total{action=\"other\"}", "5");
        assertThat(Scrape.now().samples().keySet()).noneMatch(name -> name.contains("made-up"));
    }

    @Test
    void refusalsAreCountedByTheirCodeAndByWhatWasAsked() {
        Customer customer = Customer.on("basic");
        Customer stranger = Customer.create();
        Customer.post(customer.path("/runs"), Customer.newKey(), "{'run_id': 'r', 'hold': 1}")
                .is(201);
        Scrape before = Scrape.now();
        customer.debit("1000000").is(402, "insufficient_credits");
        stranger.debit("1").is(402, "subscription_required");
        stranger.debit("1").is(402, "subscription_required");
        Customer.post(customer.path("/runs"), Customer.newKey(), "{'estimate': 1000000}")
                .is(402);
        Customer.post(customer.path("/runs/r/hold"), Customer.newKey(), "{'credits': 1000000}")
                .is(402);
        for (String credits : new String[] {"1", "2", "3"}) {
            preflight(stranger, credits);
        }
        preflight(customer, "1");
        preflight(customer, "1000000");

        before.risesBy(paymentRequired("insufficient_credits", "debit"), "1");
        before.risesBy(paymentRequired("subscription_required", "debit"), "2");
        before.risesBy(paymentRequired("budget_exceeded", "debit"), "0");
        before.risesBy(paymentRequired("insufficient_credits", "start"), "1");
        before.risesBy(paymentRequired("insufficient_credits", "extension"), "1");
        before.risesBy(paymentRequired("subscription_required", "preflight"), "3");
        before.risesBy(paymentRequired("insufficient_credits", "preflight"), "1");
        assertThat(before.samples()).containsKey(paymentRequired("budget_exceeded", "preflight"));
    }

    private static String paymentRequired(String code, String asked) {
        return "ledger_payment_required_total{asked=\"" + asked + "\",code=\"" + code + "\"}";
    }

    private static void preflight(Customer customer, String credits) {
        Customer.post("/v1/preflights", "{'account_id': '" + customer.id + "', 'credits': " + credits + "}")
                .is(200);
    }

    @Test
    void theWritePathSaysHowItIsDoing() {
        Customer customer = Customer.on("basic");
        Scrape before = Scrape.now();
        customer.debit("1").is(201);
        customer.debit("1").is(201);

        before.risesBy("ledger_batch_size_count", "2");
        before.risesBy("ledger_batch_size_sum", "2");
        before.risesBy("ledger_decision_latency_seconds_count", "2");
        Scrape after = Scrape.now();
        assertThat(after.samples())
                .containsKeys(
                        "ledger_queue_depth{lane=\"0\"}",
                        "ledger_overloaded_total",
                        "ledger_decision_latency_seconds_bucket{le=\"0.05\"}",
                        "ledger_batch_size_bucket{le=\"100.0\"}",
                        "estimated_vs_actual_bucket{le=\"100.0\"}");
        assertThat(after.of("ledger_decision_latency_seconds_sum")).isPositive();
        assertThat(after.of("ledger_queue_depth{lane=\"0\"}")).isZero();
    }
}

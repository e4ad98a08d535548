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
    void refusalsAreCountedByTheirCode() {
        Customer customer = Customer.on("basic");
        Customer stranger = Customer.create();
        Scrape before = Scrape.now();
        customer.debit("1000000").is(402, "insufficient_credits");
        stranger.debit("1").is(402, "subscription_required");
        stranger.debit("1").is(402, "subscription_required");
        Customer.post("/v1/preflights", "{'account_id': '" + stranger.id + "', 'credits': 1}")
                .is(200);

        before.risesBy("ledger_payment_required_total{code=\"insufficient_credits\"}", "1");
        before.risesBy("ledger_payment_required_total{code=\"subscription_required\"}", "2");
        before.risesBy("ledger_payment_required_total{code=\"budget_exceeded\"}", "0");
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

package ai.mavster.credits;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.database.Eventually;
import ai.mavster.credits.database.TestDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What Prometheus reads. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class MetricsTest {

    private static final Duration DEADLINE = Duration.ofSeconds(10);

    /** The service's own samples, by name and labels. */
    private static Map<String, BigDecimal> scrape() {
        Map<String, BigDecimal> samples = new TreeMap<>();
        String text = given().get("/q/metrics").then().statusCode(200).extract().asString();
        text.lines()
                .filter(line -> line.matches("(credits|ledger|estimated|holds)_.*"))
                .filter(line -> !line.endsWith("NaN"))
                .forEach(line -> samples.put(
                        line.substring(0, line.lastIndexOf(' ')).replaceFirst(",?\\}$", "}"),
                        new BigDecimal(line.substring(line.lastIndexOf(' ') + 1))));
        return samples;
    }

    /** How much each sample has risen. Told after callers are, so not at once. */
    private static void risesBy(Map<String, BigDecimal> before, String sample, String rise) {
        Eventually.holds(
                DEADLINE,
                () -> scrape().getOrDefault(sample, BigDecimal.ZERO)
                                .subtract(before.getOrDefault(sample, BigDecimal.ZERO))
                                .compareTo(new BigDecimal(rise))
                        == 0,
                () -> sample + " should have risen by " + rise + ": " + scrape());
    }

    @Test
    void whatIsDebitedIsCountedOnce() {
        Customer customer = Customer.on("basic");
        Map<String, BigDecimal> before = scrape();
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

        risesBy(before, "credits_used_total", "325.5");
        risesBy(before, "credits_used_by_endpoint_total{action=\"/mave/chat\"}", "20.5");
        risesBy(before, "credits_used_by_endpoint_total{action=\"POST:/personas\"}", "300");
        risesBy(before, "credits_used_by_endpoint_total{action=\"other\"}", "5");
        assertThat(scrape().keySet()).noneMatch(name -> name.contains("made-up"));
    }

    @Test
    void refusalsAreCountedByTheirCode() {
        Customer customer = Customer.on("basic");
        Customer stranger = Customer.create();
        Map<String, BigDecimal> before = scrape();
        customer.debit("1000000").is(402, "insufficient_credits");
        stranger.debit("1").is(402, "subscription_required");
        stranger.debit("1").is(402, "subscription_required");
        Customer.post("/v1/preflights", "{'account_id': '" + stranger.id + "', 'credits': 1}")
                .is(200);

        risesBy(before, "ledger_payment_required_total{code=\"insufficient_credits\"}", "1");
        risesBy(before, "ledger_payment_required_total{code=\"subscription_required\"}", "2");
        risesBy(before, "ledger_payment_required_total{code=\"budget_exceeded\"}", "0");
    }

    @Test
    void theWritePathSaysHowItIsDoing() {
        Customer customer = Customer.on("basic");
        Map<String, BigDecimal> before = scrape();
        customer.debit("1").is(201);
        customer.debit("1").is(201);

        risesBy(before, "ledger_batch_size_count", "2");
        risesBy(before, "ledger_batch_size_sum", "2");
        risesBy(before, "ledger_decision_latency_seconds_count", "2");
        Map<String, BigDecimal> after = scrape();
        assertThat(after)
                .containsKeys(
                        "ledger_queue_depth{lane=\"0\"}",
                        "ledger_overloaded_total",
                        "ledger_decision_latency_seconds_bucket{le=\"0.05\"}",
                        "ledger_batch_size_bucket{le=\"100.0\"}",
                        "estimated_vs_actual_bucket{le=\"1.0\"}");
        assertThat(after.get("ledger_decision_latency_seconds_sum")).isPositive();
        assertThat(after.get("ledger_queue_depth{lane=\"0\"}")).isZero();
    }

    @Test
    void holdsAreCountedNowAndThen() {
        Eventually.holds(DEADLINE, () -> scrape().containsKey("holds_open"), () -> String.valueOf(scrape()));
    }
}

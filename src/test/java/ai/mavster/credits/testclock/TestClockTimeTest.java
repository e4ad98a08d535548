package ai.mavster.credits.testclock;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Customer;
import ai.mavster.credits.Reply;
import ai.mavster.credits.embedded.TestDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What time it is: for accounts on a test clock, behind the real time and ahead of it, and for all others. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class TestClockTimeTest {

    private static final String PAST = "2001-01-10T09:30:00Z";
    private static final String FUTURE = "2050-01-10T09:30:00Z";

    private static Customer on(String clock) {
        Customer customer = Customer.onTestClock(clock);
        customer.subscribe("{'plan': 'basic', 'status': 'active'}").is(200);
        return customer;
    }

    @Test
    void whatIsPostedAndToldIsOfTheClock() {
        Customer customer = on(PAST);
        String debit = customer.debit("5", ", 'action': '/responses'").is(201).at("id");
        customer.reverse(debit, "{'credits': 1, 'reason': 'R'}").is(201);

        assertThat(customer.entries("").rows("data", "kind", "occurred_at"))
                .containsExactly("reversal " + PAST, "debit " + PAST, "monthly_grant " + PAST);
        assertThat(customer.grants().rows("data", "created_at")).containsExactly(PAST);
        assertThat(instantOf(customer.grants().at("data/0/grant_id"))).isEqualTo(PAST);
        assertThat(customer.balance().all("as_of", "next_grant/at")).isEqualTo(PAST + " 2001-02-10T09:30:00Z");
        assertThat(Customer.get(customer.path("")).all("created_at", "subscription/created_at", "subscription/anchor"))
                .isEqualTo(PAST + " " + PAST + " " + PAST);
        assertThat(customer.renewals().rows("data", "at")).containsExactly(PAST);
        Reply period = Customer.get(customer.path("/usage"));
        assertThat(period.all("billing_period/start", "credits/used", "as_of")).isEqualTo(PAST + " 4 " + PAST);
        assertThat(period.rows("by_action", "action", "credits")).containsExactly("/responses 4");
        assertThat(Customer.get(customer.path("/usage?bucket=hour")).rows("data", "start", "credits"))
                .containsExactly("2001-01-10T09:00:00Z 4");
        assertThat(customer.csv("/usage?bucket=hour")).contains("2001-01-10T09:00:00Z");
        assertThat(customer.proof().all("balanced", "chain_intact")).isEqualTo("true true");
    }

    /** The milliseconds that an id starts with. */
    private static String instantOf(String id) {
        UUID uuid = UUID.fromString(id.substring(id.indexOf('_') + 1));
        return Instant.ofEpochMilli(uuid.getMostSignificantBits() >>> 16).toString();
    }

    @Test
    void aRunIsOfTheClock() {
        for (String clock : new String[] {PAST, FUTURE}) {
            Customer customer = on(clock);
            Reply run = Customer.post(customer.path("/runs"), Customer.newKey(), "{'estimate': 10, 'hold': 10}")
                    .is(201);
            String path = customer.path("/runs/" + run.at("run_id"));

            assertThat(run.all("started_at", "hold/remaining", "hold/released")).isEqualTo(clock + " 10 0");
            assertThat(Instant.parse(run.at("hold/expires_at")))
                    .isEqualTo(Instant.parse(clock).plusSeconds(3600));
            assertThat(instantOf(run.at("hold/hold_id"))).isEqualTo(clock);
            assertThat(Customer.get(path).at("hold/remaining")).isEqualTo("10");
            assertThat(Customer.get(customer.path("/runs")).rows("data", "hold/remaining"))
                    .containsExactly("10");
            Customer.post(path + "/debits", Customer.newKey(), "{'credits': 4}").is(201);
            assertThat(Customer.post(path + "/finish", "{'status': 'success'}").all("finished_at", "hold/released"))
                    .isEqualTo(clock + " 6");
            Reply accuracy = Customer.get(customer.path("/estimate-accuracy"));
            assertThat(accuracy.all("to", "total/runs")).isEqualTo(clock.replace("Z", ".000001Z") + " 1");
        }
    }

    @Test
    void pricesAreThoseInForceByTheClock() {
        String action = "clocked-" + UUID.randomUUID();
        Customer.put(
                        "/v1/rate-card",
                        "{'rates': [{'action': '" + action
                                + "', 'unit': 'step', 'credits': 7, 'effective_from': '2049-01-01T00:00:00Z'}]}")
                .is(200);
        Customer ahead = on(FUTURE);
        Customer ordinary = Customer.on("basic");
        String debit = "{'action': '" + action + "'}";
        String items = "'items': [{'action': '" + action + "', 'quantity': 2}]";

        assertThat(Customer.post(ahead.path("/debits"), Customer.newKey(), debit)
                        .is(201)
                        .at("credits"))
                .isEqualTo("7");
        Customer.post(ordinary.path("/debits"), Customer.newKey(), debit).is(422, "action_not_priced");
        assertThat(Customer.post("/v1/estimates", "{'account_id': '" + ahead.id + "', " + items + "}")
                        .is(200)
                        .at("expected"))
                .isEqualTo("14");
        assertThat(Customer.post("/v1/preflights", "{'account_id': '" + ahead.id + "', " + items + "}")
                        .is(200)
                        .all("outcome", "required"))
                .isEqualTo("allowed 14");
        Customer.post("/v1/estimates", "{'account_id': '" + ordinary.id + "', " + items + "}")
                .is(400);
    }

    @Test
    void anAnchorLiesInThePastOfTheClock() {
        Customer customer = Customer.onTestClock(PAST);

        customer.subscribe("{'plan': 'basic', 'status': 'active', 'anchor': '2001-01-11T00:00:00Z'}")
                .is(400);
        Reply subscription = customer.subscribe(
                        "{'plan': 'basic', 'status': 'active', 'anchor': '2000-12-24T00:00:00Z'}")
                .is(200);

        assertThat(subscription.all("status", "current_period/index", "current_period/end", "updated_at"))
                .isEqualTo("active 0 2001-01-24T00:00:00Z " + PAST);
    }

    @Test
    void theRenewalJobLeavesItAlone() {
        Customer.renew(Instant.now().toString());
        Customer behind = on(PAST);
        Customer ahead = on(FUTURE);

        Reply job = Customer.renew(Instant.now().toString());

        assertThat(job.all("due", "renewed", "remaining_due")).isEqualTo("0 0 0");
        String nextDue = String.valueOf(job.at("next_due_at"));
        assertThat(nextDue).isNotEqualTo("2001-02-10T09:30:00Z");
        for (Customer customer : new Customer[] {behind, ahead}) {
            assertThat(customer.renewals().rows("data", "index")).containsExactly("0");
            assertThat(customer.balance().at("balance")).isEqualTo("3000");
        }
    }

    @Test
    void ordinaryAccountsGoByTheRealTime() {
        Customer ordinary = Customer.on("basic").bring("10");
        Instant before = Instant.now();

        Reply refused = ordinary.advance("2050-01-01T00:00:00Z");
        on(FUTURE).advance("2055-01-01T00:00:00Z").is(200);
        ordinary.debit("1").is(201);

        refused.is(409, "no_test_clock");
        assertThat(Customer.get(ordinary.path("")).at("test_clock")).isNull();
        assertThat(ordinary.balance().all("balance", "held")).isEqualTo("9 0");
        assertThat(Instant.parse(ordinary.entries("").at("data/0/occurred_at"))).isBetween(before, Instant.now());
        assertThat(Instant.parse(ordinary.balance().at("as_of"))).isBetween(before, Instant.now());
        assertThat(ordinary.renewals().rows("data", "index")).containsExactly("0");
    }

    @Test
    void aClockNeverGoesBackNorFarAtOnce() {
        Customer customer = on(PAST);
        customer.advance("2001-02-01T00:00:00Z").is(200);

        Reply back = customer.advance("2001-01-31T23:59:59Z").is(422, "test_clock_ahead");
        assertThat(back.at("test_clock")).isEqualTo("2001-02-01T00:00:00Z");
        assertThat(customer.advance("2011-02-01T00:00:01Z").is(400).at("errors/0/field"))
                .isEqualTo("to");
        customer.advance("1999-12-31T23:59:59Z").is(400);
        customer.advance("2001-02-01T00:00:00Z").is(200);
        assertThat(Customer.get(customer.path("")).at("test_clock")).isEqualTo("2001-02-01T00:00:00Z");
        assertThat(customer.advance("2011-02-01T00:00:00Z").is(200).at("renewed"))
                .isEqualTo("120");
        Customer last = Customer.onTestClock("2099-12-31T00:00:00Z");
        last.advance("2100-01-01T00:00:00.000001Z").is(400);
        Customer.post("/v1/accounts/nobody/test-clock/advance", "{'to': '2050-01-01T00:00:00Z'}")
                .is(404, "account_not_found");
    }
}

package ai.mavster.credits;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.embedded.TestDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who repeats a request gets its first answer, whatever has changed since: what would be refused today was done. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class RepeatTest {

    @Inject
    MovableClock clock;

    private final String action = "action-" + UUID.randomUUID();
    private Customer customer;
    private String debitId;

    @BeforeEach
    void subscribe() {
        customer = Customer.having("1000");
        price("2.5");
        Customer.post(customer.path("/runs"), Customer.newKey(), "{'run_id': 'running', 'hold': 20}")
                .is(201);
        debitId = customer.debit("5").is(201).at("id");
    }

    @AfterEach
    void setClockRight() {
        clock.reset();
    }

    private void price(String credits) {
        Customer.put(
                        "/v1/rate-card",
                        "{'rates': [{'action': '%s', 'unit': 'u', 'credits': %s}]}".formatted(action, credits))
                .is(200);
    }

    /** The last column is what the same request gets as a new one by then: so the change matters. */
    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            /debits                 | 'action': 'ACTION'                                                 | withdrawn | 422
            /debits                 | 'action': 'ACTION', 'quantity': 2                                  | repriced  | 201
            /debits                 | 'action': 'ACTION'                                                 | canceled  | 402
            /debits                 | 'credits': 5                                                       | limited   | 402
            /debits                 | 'credits': 5, 'on_insufficient': 'take_available'                  | limited   | 402
            /runs/running/debits    | 'credits': 30                                                      | limited   | 402
            /runs/running/hold      | 'credits': 5                                                       | limited   | 402
            /runs                   | 'run_id': 'new', 'hold': 5                                         | limited   | 409
            /runs/running/debits    | 'action': 'ACTION'                                                 | withdrawn | 422
            /runs/running/debits    | 'credits': 30                                                      | canceled  | 402
            /runs                   | 'run_id': 'new', 'estimate': [{'action': 'ACTION'}]                | withdrawn | 400
            /runs                   | 'run_id': 'new', 'estimate': [{'action': 'ACTION'}], 'hold': true  | withdrawn | 400
            /runs                   | 'estimate': [{'action': 'ACTION'}], 'hold': true                   | withdrawn | 400
            /runs                   | 'estimate': [{'action': 'ACTION'}], 'hold': true                   | repriced  | 201
            /runs                   | 'estimate': [{'action': 'ACTION'}], 'hold': true                   | canceled  | 402
            /runs                   | 'run_id': 'new', 'hold': 1, 'hold_expires_in': 'PT1M'              | expired   | 409
            /runs/running/hold      | 'credits': 5                                                       | finished  | 409
            /runs/running/hold      | 'credits': 5, 'hold_expires_in': 'PT2M'                            | expired   | 200
            /runs/running/hold      | 'credits': 5                                                       | canceled  | 402
            /grants                 | 'credits': 5, 'kind': 'promotional', 'reason': 'R', 'expires_at': 'SOON' | expired | 400
            /grants                 | 'credits': 5, 'kind': 'adjustment', 'reason': 'R', 'expires_at': 'SOON'  | expired | 400
            /top-ups                | 'credits': 5                                                       | canceled  | 201
            /grants                 | 'credits': -900, 'kind': 'adjustment', 'reason': 'R'               | canceled  | 422
            /grants/GRANT/void      | 'reason': 'R'                                                      | canceled  | 422
            /grants/GRANT/void      | 'credits': 4, 'reason': 'R'                                        | canceled  | 201
            /debits/DEBIT/reversals | 'credits': 3, 'reason': 'R'                                        | reversed  | 422
            """)
    void getsTheFirstAnswer(String path, String fields, String meanwhile, int asNew) {
        String soon = Instant.now().plus(Duration.ofMinutes(30)).toString();
        String body = "{" + fields.replace("ACTION", action).replace("SOON", soon) + "}";
        String grantId = customer.topUp("9").at("id");
        String at = customer.path(path.replace("DEBIT", debitId).replace("GRANT", grantId));
        String key = Customer.newKey();
        Reply first = Customer.post(at, key, body);
        assertThat(first.status()).as(first.body()).isIn(200, 201);

        change(meanwhile);
        String held = customer.balance().all("balance", "held");
        Reply again = Customer.post(at, key, body).is(first.status());

        assertThat(again.replayed()).isEqualTo("true");
        assertThat(again.json()).isEqualTo(first.json());
        assertThat(customer.balance().all("balance", "held")).isEqualTo(held);
        Customer.post(at, Customer.newKey(), body).is(asNew);
        assertThat(customer.proof().all("balanced", "chain_intact")).isEqualTo("true true");
    }

    private void change(String meanwhile) {
        switch (meanwhile) {
            case "withdrawn" -> price("null");
            case "repriced" -> price("7");
            case "limited" ->
                Customer.put(customer.path("/budgets/account/" + customer.id), "{'usage_limit': 0}")
                        .is(201);
            case "canceled" ->
                customer.subscribe("{'plan': 'basic', 'status': 'canceled'}").is(200);
            case "finished" ->
                Customer.post(customer.path("/runs/running/finish"), "{'status': 'success'}")
                        .is(200);
            case "reversed" -> customer.reverse(debitId, "{'reason': 'R'}").is(201);
            case "expired" -> clock.moveBy(Duration.ofHours(2));
            default -> throw new IllegalArgumentException(meanwhile);
        }
    }

    @Test
    void getsTheFirstAnswerInABulkToo() {
        String key = Customer.newKey();
        String body = "{'debits': [{'account_id': '%s', 'idempotency_key': '%s', 'action': '%s'}]}"
                .formatted(customer.id, key, action);
        Reply first = Customer.post("/v1/debits", body).is(200);
        price("null");
        Reply again = Customer.post("/v1/debits", body).is(200);
        assertThat(again.at("results/0/debit")).isEqualTo(first.at("results/0/debit"));
        assertThat(again.at("results/0/replayed")).isEqualTo("true");
    }

    /** By the account's own clock. */
    @Test
    void getsTheFirstAnswerWhereTheTestClockHasPassedTheExpiry() {
        customer = Customer.onTestClock("2026-03-01T00:00:00Z");
        String key = Customer.newKey();
        String body = "{'credits': 5, 'kind': 'promotional', 'reason': 'R', 'expires_at': '2026-03-02T00:00:00Z'}";
        Reply first = Customer.post(customer.path("/grants"), key, body).is(201);
        customer.advance("2026-03-02T00:00:00Z").is(200);
        assertThat(Customer.post(customer.path("/grants"), key, body).is(201).json())
                .isEqualTo(first.json());
        Reply asNew =
                Customer.post(customer.path("/grants"), Customer.newKey(), body).is(400, "invalid_request");
        assertThat(asNew.rows("errors", "field")).containsExactly("expires_at");
        assertThat(customer.balance().at("balance")).isEqualTo("0");
    }

    /** What was invalid had no effect: the key may succeed once it is not. */
    @Test
    void whatWasInvalidIsNotRemembered() {
        price("null");
        String key = Customer.newKey();
        String body = "{'run_id': 'later', 'estimate': [{'action': '" + action + "'}], 'hold': true}";
        Reply refused = Customer.post(customer.path("/runs"), key, body).is(400, "invalid_request");
        assertThat(refused.rows("errors", "field")).containsExactly("estimate[0].action");
        Customer.get(customer.path("/runs/later")).is(404);

        price("3");
        assertThat(Customer.post(customer.path("/runs"), key, body).is(201).replayed())
                .isNull();
    }
}

package ai.mavster.credits.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Customer;
import ai.mavster.credits.Reply;
import ai.mavster.credits.embedded.TestDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whoever repeats a request gets its first answer again; nobody gets its effect twice. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class IdempotencyTest {

    /** Every call that moves credits: a body, the same written otherwise, and other bodies. */
    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', textBlock = """
            top-ups   | {'credits': 5, 'note': 'a'}                    | { 'note':'a','credits':5.00}                | {'credits': 6, 'note': 'a'}
            top-ups   | {'credits': 5}                                 | {'credits': 5, 'note': null}                | {'credits': 5, 'note': 'b'}
            top-ups   | {'credits': 5, 'reference': 'r'}               | {'reference': 'r', 'credits': 5.0}          | {'credits': 5, 'note': 'r'}
            grants    | {'credits': 5, 'kind': 'promotional', 'reason': 'a'} | {'kind': 'promotional', 'credits': 5, 'reason': 'a'} | {'credits': 5, 'kind': 'adjustment', 'reason': 'a'}
            grants    | {'credits': 5, 'kind': 'adjustment', 'reason': 'a', 'expires_at': '2090-01-01T00:00:00Z'} | {'credits': 5, 'kind': 'adjustment', 'reason': 'a', 'expires_at': '2090-01-01T01:00:00+01:00'} | {'credits': 5, 'kind': 'adjustment', 'reason': 'a'}
            debits    | {'credits': 5}                                 | {'credits': 5e0, 'on_insufficient': 'refuse'} | {'credits': 5, 'on_insufficient': 'take_available'}
            debits    | {'credits': 5, 'action': 'tap', 'quantity': 2} | {'credits': 5, 'action': 'tap', 'quantity': 2.0} | {'credits': 5, 'action': 'tap'}
            debits    | {'credits': 5, 'run_id': 'r', 'project_id': 'p'} | {'credits': 5, 'project_id': 'p', 'run_id': 'r'} | {'credits': 5, 'run_id': 'p', 'project_id': 'r'}
            reversals | {'reason': 'a'}                                | {'reason': 'a', 'credits': null}            | {'reason': 'a', 'credits': 20}
            reversals | {'reason': 'a', 'credits': 2}                  | {'credits': 2.0, 'reason': 'a'}             | {'reason': 'b', 'credits': 2}
            grants    | {'credits': -5, 'kind': 'adjustment', 'reason': 'a'} | {'kind': 'adjustment', 'credits': -5.0, 'reason': 'a'} | {'credits': 5, 'kind': 'adjustment', 'reason': 'a'}
            void      | {'reason': 'a'}                                | {'reason': 'a', 'credits': null}            | {'reason': 'a', 'credits': 20}
            void      | {'reason': 'a', 'credits': 2}                  | {'credits': 2.0, 'reason': 'a'}             | {'reason': 'b', 'credits': 2}
            """)
    void aRepeatIsAnsweredAsTheFirst(String call, String body, String sameBody, String otherBody) {
        Customer customer = Customer.having("100");
        String path = path(customer, call);
        String key = Customer.newKey();

        Reply first = Customer.post(path, key, body).is(201);
        customer.topUp("1").is(201);
        String balance = customer.balance().at("balance");

        assertThat(first.replayed()).isNull();
        assertThat(Customer.post(path, key, body)).isEqualTo(new Reply(201, "true", null, first.body()));
        assertThat(Customer.post(path, key, sameBody)).isEqualTo(new Reply(201, "true", null, first.body()));
        Customer.post(path, key, otherBody).is(422, "idempotency_key_reused");
        assertThat(customer.balance().at("balance")).isEqualTo(balance);
        assertThat(Customer.post(path(customer, call), Customer.newKey(), body)
                        .is(201)
                        .replayed())
                .isNull();
    }

    private static String path(Customer customer, String call) {
        return switch (call) {
            case "reversals" -> customer.path("/debits/" + customer.debit("20").at("id") + "/reversals");
            case "void" -> customer.path("/grants/" + customer.topUp("20").at("id") + "/void");
            default -> customer.path("/" + call);
        };
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            top-ups | {'credits': 5}
            grants  | {'credits': 5, 'kind': 'promotional', 'reason': 'a'}
            debits  | {'credits': 5}
            debits/debit_0198f2f0-5c1a-7c3e-9b1d-2a4f5e6d7c8b/reversals | {'reason': 'a'}
            grants/grant_0198f2f0-5c1a-7c3e-9b1d-2a4f5e6d7c8b/void | {'reason': 'a'}
            """)
    void withoutAKeyNothingMoves(String call, String body) {
        Customer customer = Customer.having("100");

        Customer.post(customer.path("/" + call), body).is(400, "idempotency_key_required");

        assertThat(customer.balance().at("balance")).isEqualTo("100");
    }

    @Test
    void aRefusalIsNotRemembered() {
        Customer customer = Customer.having("3");
        String key = Customer.newKey();
        String path = customer.path("/debits");

        Customer.post(path, key, "{'credits': 5}").is(402, "insufficient_credits");
        Customer.post(path, key, "{'credits': 5}").is(402, "insufficient_credits");
        customer.topUp("10").is(201);
        Reply paid = Customer.post(path, key, "{'credits': 5}").is(201);
        Reply again = Customer.post(path, key, "{'credits': 5}").is(201);

        assertThat(paid.replayed()).isNull();
        assertThat(again).isEqualTo(new Reply(201, "true", null, paid.body()));
        assertThat(customer.balance().at("balance")).isEqualTo("8");
    }

    /** Even where it could not be paid any more: it has been. */
    @Test
    void aRepeatNeedsNeitherCreditsNorSubscription() {
        Customer customer = Customer.having("5");
        String key = Customer.newKey();
        Reply first =
                Customer.post(customer.path("/debits"), key, "{'credits': 5}").is(201);
        customer.subscribe("{'plan': 'basic', 'status': 'canceled'}").is(200);

        assertThat(Customer.post(customer.path("/debits"), key, "{'credits': 5}"))
                .isEqualTo(new Reply(201, "true", null, first.body()));
    }

    @Test
    void aKeyIsTheAccountsAcrossAllItsCalls() {
        Customer customer = Customer.having("100");
        String key = Customer.newKey();

        Customer.post(customer.path("/debits"), key, "{'credits': 5}").is(201);

        Customer.post(customer.path("/top-ups"), key, "{'credits': 5}").is(422, "idempotency_key_reused");
        Customer other = Customer.having("100");
        assertThat(Customer.post(other.path("/debits"), key, "{'credits': 5}")
                        .is(201)
                        .replayed())
                .isNull();
    }

    @Test
    void ofManyAtOnceOneHasTheEffect() {
        Customer customer = Customer.having("100");
        String key = Customer.newKey();

        List<Reply> replies = IntStream.range(0, 24)
                .parallel()
                .mapToObj(i -> Customer.post(customer.path("/debits"), key, "{'credits': 5}")
                        .is(201))
                .toList();

        assertThat(replies).extracting(Reply::body).containsOnly(replies.get(0).body());
        assertThat(replies).filteredOn(reply -> reply.replayed() == null).hasSize(1);
        assertThat(customer.balance().at("balance")).isEqualTo("95");
    }
}

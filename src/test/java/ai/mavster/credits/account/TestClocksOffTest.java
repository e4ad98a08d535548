package ai.mavster.credits.account;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Bare;
import ai.mavster.credits.Customer;
import ai.mavster.credits.Reply;
import ai.mavster.credits.embedded.TestDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** As in production, unless its operator wants it otherwise. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
@TestProfile(Bare.class)
class TestClocksOffTest {

    @Test
    void noAccountIsGivenOne() {
        String path = "/v1/accounts/story-" + UUID.randomUUID();

        Reply refused =
                Customer.put(path, "{'test_clock': '2026-01-10T09:00:00Z'}").is(400);

        assertThat(refused.at("errors/0/field")).isEqualTo("test_clock");
        assertThat(refused.at("detail")).contains("CREDITS_TEST_CLOCKS=true");
        Customer.get(path).is(404);
        Customer.put(path, "{'test_clock': null}").is(201);
    }

    /** Nobody goes by a clock of its own, so there is nobody whose months could be renewed ahead without harm. */
    @Test
    void noMonthIsRenewedAheadOfItsTime() {
        Customer customer = Customer.on("basic");
        String ahead = customer.balance().at("next_grant/at");

        Reply refused =
                Customer.post("/v1/renewals", "{'as_of': '" + ahead + "'}").is(400, "invalid_request");

        assertThat(refused.at("errors/0/field")).isEqualTo("as_of");
        assertThat(refused.at("errors/0/message")).startsWith("must not lie in the future: it is 20");
        assertThat(customer.renewals().rows("data", "index")).containsExactly("0");
        Customer.post("/v1/renewals", "{'as_of': '" + Instant.now() + "'}").is(200);
        Customer.post("/v1/renewals", "{}").is(200);
    }
}

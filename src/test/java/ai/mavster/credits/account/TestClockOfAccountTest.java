package ai.mavster.credits.account;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Customer;
import ai.mavster.credits.embedded.TestDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A test clock is given to an account once, when it is made. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class TestClockOfAccountTest {

    private static final String START = "2026-01-10T09:00:00Z";

    private static void refused(Customer customer, String clock) {
        assertThat(Customer.put(customer.path(""), "{'name': 'Changed', 'test_clock': " + clock + "}")
                        .is(400)
                        .at("errors/0/field"))
                .isEqualTo("test_clock");
        assertThat(Customer.get(customer.path("")).at("name")).isNull();
    }

    /**
     * Whoever repeats the request that made the account may have missed its answer; whoever sends back what he read
     * changes nothing.
     */
    @Test
    void saidAgainItMayBeAsItWasOrAsItStands() {
        Customer customer = Customer.onTestClock(START);
        customer.advance("2026-02-01T00:00:00Z").is(200);

        for (String same : new String[] {START, "2026-02-01T00:00:00Z"}) {
            assertThat(Customer.put(customer.path(""), "{'test_clock': '" + same + "'}")
                            .is(200)
                            .all("test_clock", "created_at"))
                    .isEqualTo("2026-02-01T00:00:00Z " + START);
        }
        refused(customer, "'2026-01-20T00:00:00Z'");
        refused(customer, "null");
        assertThat(Customer.put(customer.path(""), "{'name': 'Changed'}")
                        .is(200)
                        .all("name", "updated_at"))
                .isEqualTo("Changed 2026-02-01T00:00:00Z");
    }

    @Test
    void anOrdinaryAccountStaysOne() {
        Customer customer = Customer.create();

        refused(customer, "'" + START + "'");

        assertThat(Customer.put(customer.path(""), "{'test_clock': null}")
                        .is(200)
                        .at("test_clock"))
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1999-12-31T23:59:59.999999Z", "2100-01-01T00:00:00.000001Z", "9999-12-31T00:00:00Z"})
    void itStartsBetween2000And2100(String clock) {
        String path = "/v1/accounts/story-" + UUID.randomUUID();

        assertThat(Customer.put(path, "{'test_clock': '" + clock + "'}").is(400).at("errors/0/field"))
                .isEqualTo("test_clock");
        Customer.get(path).is(404);
    }
}

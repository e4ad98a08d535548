package ai.mavster.credits.alert;

import static ai.mavster.credits.alert.AlertCalls.set;
import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Customer;
import ai.mavster.credits.embedded.TestDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What accounts want to be told. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class AlertSettingsTest {

    private static String settings(Customer customer) {
        return Customer.get(customer.path("/alert-settings")).is(200).all("debit_above", "running_out");
    }

    @Test
    void whatIsAbsentStays() {
        Customer customer = Customer.create();
        assertThat(settings(customer)).isEqualTo("null true");
        assertThat(set(customer, "{'debit_above': 12.5}").is(200).all("account_id", "debit_above", "running_out"))
                .isEqualTo(customer.id + " 12.5 true");
        set(customer, "{'running_out': false}").is(200);
        assertThat(settings(customer)).isEqualTo("12.5 false");
        set(customer, "{}").is(200);
        assertThat(settings(customer)).isEqualTo("12.5 false");
        set(customer, "{'debit_above': null}").is(200);
        assertThat(settings(customer)).isEqualTo("null false");
        assertThat(customer.proof().all("balanced", "failures")).isEqualTo("true []");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {'debit_above': 0}           | debit_above
            {'debit_above': -1}          | debit_above
            {'debit_above': 1000000001}  | debit_above
            {'debit_above': 0.0000001}   | debit_above
            {'debit_above': '100'}       | debit_above
            {'thresholds': [0]}          | thresholds[0]
            {'thresholds': [50, 1000.01]} | thresholds[1]
            {'thresholds': [33.333]}     | thresholds[0]
            {'thresholds': [null]}       | thresholds[0]
            {'thresholds': '50'}         | thresholds
            {'running_out': null}        | running_out
            {'running_out': 1}           | running_out
            {'running_low': true}        | running_low
            """)
    void whatIsWrongIsNamed(String body, String field) {
        Customer customer = Customer.create();
        assertThat(set(customer, body).is(400, "invalid_request").rows("errors", "field"))
                .containsExactly(field);
        assertThat(settings(customer)).isEqualTo("null true");
    }

    @Test
    void thereHasToBeAnAccountThatIsOpen() {
        Customer.get("/v1/accounts/no-such-account/alert-settings").is(404, "account_not_found");
        Customer.put("/v1/accounts/no-such-account/alert-settings", "{}").is(404, "account_not_found");
        Customer customer = Customer.create();
        customer.close("").is(200);
        set(customer, "{'debit_above': 1}").is(409, "account_closed");
        assertThat(settings(customer)).isEqualTo("null true");
    }
}

package ai.mavster.credits.recharge;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Customer;
import ai.mavster.credits.Reply;
import ai.mavster.credits.embedded.TestDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How accounts set up their recharges, and what that may cost. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
@TestProfile(WithPlayedProvider.class)
class AutoRechargeTest extends RechargeFixture {

    private static final String[] FIELDS = {
        "enabled", "threshold", "credits_to_add", "top_up_to", "limit_per_period", "payment_method"
    };

    @Test
    void whatIsAbsentStaysAndOneSizeTakesThePlaceOfTheOther() {
        Customer customer = Customer.create();
        assertThat(settings(customer).all(FIELDS)).isEqualTo("false null null null null null");
        assertThat(settings(customer).all("cost", "recharged", "last_recharge")).isEqualTo("null 0 null");
        assertThat(set(customer, SETTINGS).is(200).all(FIELDS)).isEqualTo("true 100 500 null 1000 null");
        assertThat(set(customer, "{'top_up_to': 600}").is(200).all(FIELDS)).isEqualTo("true 100 null 600 1000 null");
        assertThat(set(customer, "{'threshold': 99.5, 'payment_method': 'card_ok'}")
                        .is(200)
                        .all(FIELDS))
                .isEqualTo("true 99.5 null 600 1000 card_ok");
        assertThat(set(customer, "{'enabled': false, 'payment_method': null}")
                        .is(200)
                        .all(FIELDS))
                .isEqualTo("false 99.5 null 600 1000 null");
        assertThat(set(customer, "{}").is(200).all(FIELDS)).isEqualTo("false 99.5 null 600 1000 null");
        Reply read = settings(customer);
        assertThat(read.all(FIELDS)).isEqualTo("false 99.5 null 600 1000 null");
        String asRead =
                "{'enabled': true, 'threshold': 99.5, 'credits_to_add': null, 'top_up_to': 600, 'limit_per_period': 1000}";
        assertThat(set(customer, asRead).is(200).all(FIELDS)).isEqualTo("true 99.5 null 600 1000 null");
        isProven(customer);
    }

    @Test
    void itSaysWhatItMayCost() {
        Customer customer = Customer.create();
        assertThat(set(customer, "{'threshold': 100, 'credits_to_add': 333.5, 'limit_per_period': 1000}")
                        .is(200)
                        .all("cost/per_period/value", "cost/per_year/value", "cost/per_year/currency"))
                .isEqualTo("6.68 80.16 EUR");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {'enabled': true}                                                    | threshold
            {'enabled': true, 'threshold': 5}                                    | credits_to_add
            {'enabled': true, 'threshold': 5, 'credits_to_add': 9}               | limit_per_period
            {'threshold': 5, 'credits_to_add': 9, 'limit_per_period': 8.999999}  | limit_per_period
            {'threshold': 5, 'top_up_to': 9, 'limit_per_period': 8}              | limit_per_period
            {'threshold': 5, 'top_up_to': 5}                                     | top_up_to
            {'credits_to_add': 9, 'top_up_to': 9}                                | top_up_to
            {'credits_to_add': 0.499999}                                         | credits_to_add
            {'threshold': 5, 'top_up_to': 5.499999}                              | top_up_to
            {'threshold': 0}                                                     | threshold
            {'threshold': -1}                                                    | threshold
            {'threshold': '5'}                                                   | threshold
            {'limit_per_period': 1000000001}                                     | limit_per_period
            {'enabled': null}                                                    | enabled
            {'enabled': 'yes'}                                                   | enabled
            {'payment_method': 'card_stolen'}                                    | payment_method
            {'payment_method': 5}                                                | payment_method
            {'limit': 5}                                                         | limit
            """)
    void whatIsWrongIsNamed(String body, String field) {
        Customer customer = Customer.create();
        assertThat(set(customer, body).is(400, "invalid_request").rows("errors", "field"))
                .containsExactly(field);
        assertThat(settings(customer).all(FIELDS)).isEqualTo("false null null null null null");
    }

    @Test
    void thereHasToBeAnAccountThatIsOpen() {
        Customer.get("/v1/accounts/no-such-account/auto-recharge").is(404, "account_not_found");
        Customer.get("/v1/accounts/no-such-account/recharges").is(404, "account_not_found");
        Customer.put("/v1/accounts/no-such-account/auto-recharge", "{}").is(404, "account_not_found");
        Customer customer = recharged();
        customer.close("").is(200);
        set(customer, "{'threshold': 1}").is(409, "account_closed");
        assertThat(settings(customer).all("enabled", "switched_off")).isEqualTo("false account_closed");
        isProven(customer);
    }

    @Test
    void theAccountAndItsUsageShowIt() {
        Customer customer = recharged();
        assertThat(Customer.get(customer.path("")).is(200).all("auto_recharge/enabled", "auto_recharge/threshold"))
                .isEqualTo("true 100");
        assertThat(Customer.get(customer.path("/usage"))
                        .is(200)
                        .all("auto_recharge/enabled", "auto_recharge/threshold"))
                .isEqualTo("true 100");
    }
}

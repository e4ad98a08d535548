package ai.mavster.credits.checkout;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Customer;
import ai.mavster.credits.MovableClock;
import ai.mavster.credits.Reply;
import ai.mavster.credits.embedded.TestDatabase;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The versions of what credits cost. All tests share them, so none leaves any behind. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class CreditPriceVersionTest {

    private static final String TEN = "'credits': 1000, 'price': {'value': 10, 'currency': 'EUR'}";

    @Inject
    MovableClock clock;

    @Inject
    AgroalDataSource database;

    @AfterEach
    void asItWas() throws SQLException {
        clock.reset();
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("DELETE FROM credit_price WHERE author_id <> 'shipped'");
        }
    }

    @Test
    void aNewPriceIsANewVersion() {
        put(TEN).is(200);
        Reply changed = put("'price': {'value': 0.02, 'currency': 'EUR'}, 'reason': 'More'")
                .is(200);

        assertThat(changed.all("credits", "price/value", "reason", "author/name"))
                .isEqualTo("1 0.02 More first admin key");
        assertThat(Customer.get("/v1/credit-price").all("credits", "price/value"))
                .isEqualTo("1 0.02");
        assertThat(Customer.get("/v1/credit-price?at=1980-01-01T00:00:00Z").all("credits", "author/id"))
                .isEqualTo("1000 shipped");
        assertThat(Customer.get("/v1/credit-price/versions?limit=1").rows("data", "effective_from"))
                .containsExactly(changed.at("effective_from"));
    }

    @Test
    void puttingWhatIsInForceAddsNone() {
        String first = put(TEN).is(200).at("effective_from");

        assertThat(put(TEN).is(200).at("effective_from")).isEqualTo(first);
    }

    @Test
    void oneThatStartsLaterIsInForceThen() {
        put(TEN).is(200);
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        Instant later = now.plus(Duration.ofMinutes(5));
        String start = ", 'effective_from': '" + later + "'";
        put("'price': {'value': 1, 'currency': 'USD'}" + start).is(200);
        put("'price': {'value': 1.00, 'currency': 'USD'}" + start).is(200);
        put("'price': {'value': 2, 'currency': 'USD'}" + start).is(409, "credit_price_exists");

        assertThat(Customer.get("/v1/credit-price").at("price/currency")).isEqualTo("EUR");
        clock.stopAt(later.minusMillis(1));
        assertThat(Customer.get("/v1/credit-price").at("price/currency")).isEqualTo("EUR");
        clock.stopAt(later);
        assertThat(Customer.get("/v1/credit-price").at("price/currency")).isEqualTo("USD");
    }

    @Test
    void whatWasPaidIsNotChangedBehind() {
        put("'price': {'value': 1, 'currency': 'USD'}, 'effective_from': '2020-01-01T00:00:00Z'")
                .is(400, "invalid_request");
        Customer.get("/v1/credit-price?at=1960-01-01T00:00:00Z").is(400, "invalid_request");
    }

    private static Reply put(String fields) {
        return Customer.put("/v1/credit-price", "{" + fields + "}");
    }
}

package ai.mavster.credits.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Customer;
import ai.mavster.credits.embedded.TestDatabase;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Once an account's texts and its salt are gone, all else of it can still be proven. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class ErasedTextsTest {

    @Inject
    AgroalDataSource database;

    private Customer customer;

    @BeforeEach
    void anAccountWithTexts() {
        customer = Customer.onTestClock("2026-01-10T09:00:00Z");
        customer.subscribe("{'plan': 'basic', 'status': 'active'}").is(200);
        Customer.post(customer.path("/top-ups"), "paid", "{'credits': 5, 'note': 'Doe'}")
                .is(201);
        Customer.post(customer.path("/debits"), "plain", "{'credits': 1}").is(201);
        customer.close("").is(200);
        customer.erase().is(200);
    }

    private void execute(String sql, Object... parameters) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            assertThat(statement.executeUpdate()).isPositive();
        }
    }

    @Test
    void theRestIsProven() {
        assertThat(customer.proof().all("balanced", "chain_intact", "failures")).isEqualTo("true true []");
        assertThat(customer.entries("?kind=top_up").all("data/0/note", "data/0/hashed/text_salt"))
                .isEqualTo("null null");
        assertThat(customer.entries("?kind=top_up").at("data/0/hashed/text_digest"))
                .hasSize(64);
        assertThat(customer.grants().at("data/0/note")).isNull();
    }

    @Test
    void aTextThatIsStillThereIsSeen() throws SQLException {
        execute("""
                INSERT INTO posting_text (account_id, posting_id, note)
                SELECT account_id, posting_id, 'Doe' FROM posting WHERE account_id = ? AND kind = 'top_up'""", customer.id);

        assertThat(customer.proof().rows("failures", "check")).containsExactly("texts");
    }

    /** Whether it is the same cannot be told any more where there was a text. */
    @Test
    void aRepeatIsKnownByWhatIsLeft() {
        Customer.post(customer.path("/debits"), "plain", "{'credits': 1}").is(201);
        Customer.post(customer.path("/top-ups"), "paid", "{'credits': 5, 'note': 'Doe'}")
                .is(409, "account_closed");
        assertThat(customer.balance().at("balance")).isEqualTo("3004");
    }
}

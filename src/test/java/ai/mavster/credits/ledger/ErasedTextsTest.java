package ai.mavster.credits.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Customer;
import ai.mavster.credits.embedded.TestDatabase;
import ai.mavster.credits.ledger.posting.Salt;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Once an account's texts and its salt are gone, all else of it can still be proven. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class ErasedTextsTest {

    @Inject
    BatchTransaction transactions;

    @Inject
    AgroalDataSource database;

    private Customer customer;

    @BeforeEach
    void anAccountWithTexts() throws SQLException {
        customer = Customer.onTestClock("2026-01-10T09:00:00Z");
        customer.subscribe("{'plan': 'basic', 'status': 'active'}").is(200);
        Customer.post(customer.path("/top-ups"), "paid", "{'credits': 5, 'note': 'Doe'}")
                .is(201);
        Customer.post(customer.path("/debits"), "plain", "{'credits': 1}").is(201);
        erase();
    }

    private void erase() throws SQLException {
        AccountState account = transactions
                .read(Set.of(customer.id), List.of())
                .accounts()
                .iterator()
                .next();
        AccountState erased = new AccountState(
                account.accountId(),
                account.seq(),
                account.balance(),
                account.held(),
                account.hash(),
                account.asOf(),
                account.isOnTestClock(),
                account.timeZone(),
                Salt.of(null));
        execute("DELETE FROM posting_text WHERE account_id = ?", customer.id);
        execute(
                "UPDATE account_balance SET salt = NULL, checksum = ? WHERE account_id = ?",
                LedgerTables.balance().checksum(erased),
                customer.id);
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
                .is(422, "idempotency_key_reused");
        assertThat(customer.balance().at("balance")).isEqualTo("3004");
    }

    @Test
    void creditsStillMove() {
        customer.debit("1").is(201);

        assertThat(customer.proof().all("balanced", "chain_intact")).isEqualTo("true true");
    }
}

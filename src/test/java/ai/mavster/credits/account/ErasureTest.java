package ai.mavster.credits.account;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Customer;
import ai.mavster.credits.Dump;
import ai.mavster.credits.Reply;
import ai.mavster.credits.embedded.TestDatabase;
import ai.mavster.credits.ledger.Command;
import ai.mavster.credits.ledger.Ledger;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What is left of an account once its texts are erased, and while they are. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class ErasureTest {

    @Inject
    Ledger ledger;

    @Inject
    Erasures erasures;

    @Inject
    AgroalDataSource database;

    private final String secret = "zq" + UUID.randomUUID();

    private Customer toldSecrets() {
        Customer customer = Customer.on("basic");
        Customer.put(customer.path(""), "{'name': '" + secret + "'}").is(200);
        for (int i = 0; i < 3; i++) {
            Customer.post(customer.path("/top-ups"), "key-" + i, "{'credits': 10, 'note': '" + secret + "'}")
                    .is(201);
        }
        Customer.post(customer.path("/runs"), "run", "{'run_id': 'r', 'hold': 5}")
                .is(201);
        return customer;
    }

    @Test
    void onlyAClosedAccountIsErased() {
        Customer customer = toldSecrets();

        customer.erase().is(409, "account_not_closed");
        assertThat(Customer.get(customer.path("")).all("name", "erasure")).isEqualTo(secret + " null");
    }

    @Test
    void amountsTimesAndIdsStay() {
        Customer customer = toldSecrets();
        customer.close("").is(200);
        List<String> before = customer.entries("").rows("data", "seq", "credits", "posting_id", "occurred_at", "hash");

        assertThat(customer.erase().is(200).all("name", "billing_email", "erasure"))
                .isEqualTo("null null completed");
        assertThat(customer.entries("").rows("data", "seq", "credits", "posting_id", "occurred_at", "hash"))
                .isEqualTo(before);
        assertThat(customer.entries("").rows("data", "note")).containsOnly("null");
        assertThat(customer.balance().at("balance")).isEqualTo("3030");
        assertThat(customer.erase().is(200).at("erasure")).isEqualTo("completed");
        assertThat(Dump.rowsWith(database, secret)).isEmpty();
        assertThat(customer.proof().all("balanced", "chain_intact", "failures")).isEqualTo("true true []");
    }

    /** What was done under a key is not done again, and its answer is not there any more to be repeated. */
    @Test
    void aRepeatIsToldThatTheAccountIsClosed() {
        Customer customer = toldSecrets();
        customer.close("").is(200);
        String topUp = "{'credits': 10, 'note': '" + secret + "'}";
        Customer.post(customer.path("/top-ups"), "key-1", topUp).is(201);
        customer.erase().is(200);

        Customer.post(customer.path("/top-ups"), "key-1", topUp).is(409, "account_closed");
        Customer.post(customer.path("/runs"), "run", "{'run_id': 'r', 'hold': 5}")
                .is(409, "account_closed");
        assertThat(Dump.rowsWith(database, secret)).isEmpty();
    }

    /** Asked for, begun, and cut off: what is left of the texts is still right, and the job goes on. */
    @Test
    void whatWasCutOffIsGoneOnWith() throws SQLException {
        Customer customer = toldSecrets();
        customer.close("").is(200);
        ledger.submit(new Command.Erase(customer.id, false))
                .toCompletableFuture()
                .join();
        assertThat(Customer.get(customer.path("")).all("name", "erasure")).isEqualTo(secret + " requested");
        execute(
                customer,
                "DELETE FROM posting_text WHERE ctid = (SELECT min(ctid) FROM posting_text WHERE account_id = ?)");
        assertThat(customer.proof().all("balanced", "failures")).isEqualTo("true []");
        execute(customer, "UPDATE posting_text SET note = 'other' WHERE account_id = ?");
        Reply tampered = customer.proof();
        assertThat(tampered.at("balanced")).isEqualTo("false");
        assertThat(tampered.rows("failures", "check")).containsOnly("texts");

        erasures.goOn();

        assertThat(Customer.get(customer.path("")).all("name", "erasure")).isEqualTo("null completed");
        assertThat(Dump.rowsWith(database, secret)).isEmpty();
        assertThat(customer.proof().all("balanced", "chain_intact", "failures")).isEqualTo("true true []");
    }

    private void execute(Customer customer, String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, customer.id);
            assertThat(statement.executeUpdate()).isPositive();
        }
    }
}

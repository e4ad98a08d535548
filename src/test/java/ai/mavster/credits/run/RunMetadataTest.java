package ai.mavster.credits.run;

import static ai.mavster.credits.run.RunCalls.beat;
import static ai.mavster.credits.run.RunCalls.debit;
import static ai.mavster.credits.run.RunCalls.extend;
import static ai.mavster.credits.run.RunCalls.finish;
import static ai.mavster.credits.run.RunCalls.isProved;
import static ai.mavster.credits.run.RunCalls.named;
import static ai.mavster.credits.run.RunCalls.run;
import static ai.mavster.credits.run.RunCalls.start;
import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Customer;
import ai.mavster.credits.Reply;
import ai.mavster.credits.embedded.TestDatabase;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** What callers note beside a run. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class RunMetadataTest {

    private static final String MAIN = ", 'metadata': {'build': '1842', 'branch': 'main'}";
    private static final String SHOWN = "{\"branch\":\"main\",\"build\":\"1842\"}";

    @Inject
    AgroalDataSource database;

    @Test
    void itIsShownWhereverTheRunIsRead() {
        Customer customer = Customer.having("100");
        String key = Customer.newKey();
        Reply started =
                start(customer, key, named("run") + MAIN + ", 'hold': 10").is(201);
        assertThat(started.at("metadata")).isEqualTo(SHOWN);
        debit(customer, "run", "3").is(201);
        assertThat(run(customer, "run").at("metadata")).isEqualTo(SHOWN);
        String more = Customer.newKey();
        for (int i = 0; i < 2; i++) {
            assertThat(extend(customer, "run", more, "1").is(200).at("metadata"))
                    .isEqualTo(SHOWN);
        }
        assertThat(beat(customer, "run").is(200).at("metadata")).isEqualTo(SHOWN);
        assertThat(finish(customer, "run", "success").is(200).at("metadata")).isEqualTo(SHOWN);
        debit(customer, "run", "3").is(201);
        assertThat(Customer.get(customer.path("/runs")).rows("data", "metadata"))
                .containsExactly(SHOWN);

        assertThat(start(customer, key, named("run") + MAIN + ", 'hold': 10")
                        .is(201)
                        .json())
                .isEqualTo(started.json());
        start(customer, key, named("run") + ", 'hold': 10").is(422, "idempotency_key_reused");
        start(customer, key, named("run") + MAIN.replace("main", "other") + ", 'hold': 10")
                .is(422, "idempotency_key_reused");
        assertThat(run(customer, "run").at("metadata")).isEqualTo(SHOWN);
        isProved(customer);
    }

    /** The record is that of the last start, also of one that was not allowed. */
    @Test
    void aLaterStartReplacesIt() {
        Customer customer = Customer.having("1");
        start(customer, named("run") + MAIN + ", 'estimate': 5").is(402);
        assertThat(run(customer, "run").at("metadata")).isEqualTo(SHOWN);
        start(customer, named("run") + ", 'estimate': 5").is(402);
        assertThat(run(customer, "run").at("metadata")).isNull();
        start(customer, named("run") + MAIN).is(201);
        assertThat(run(customer, "run").at("metadata")).isEqualTo(SHOWN);
        isProved(customer);
    }

    /** It is in no stored answer, and under no checksum: to erase it is to set a column to null. */
    @Test
    void itCanBeErased() throws SQLException {
        Customer customer = Customer.having("100");
        start(customer, named("run") + MAIN.replace("main", "secret")).is(201);
        debit(customer, "run", "3").is(201);
        extend(customer, "run", Customer.newKey(), "3").is(200);
        try (Connection connection = database.getConnection()) {
            assertThat(answersWith(connection, customer, "secret")).isZero();
            try (PreparedStatement statement =
                    connection.prepareStatement("UPDATE run SET metadata = NULL WHERE account_id = ?")) {
                statement.setString(1, customer.id);
                statement.executeUpdate();
            }
        }
        assertThat(run(customer, "run").at("metadata")).isNull();
        debit(customer, "run", "3").is(201);
        finish(customer, "run", "success").is(200);
        isProved(customer);
    }

    private static int answersWith(Connection connection, Customer customer, String text) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT count(*) FROM idempotency_key WHERE account_id = ? AND answer LIKE '%' || ? || '%'")) {
            statement.setString(1, customer.id);
            statement.setString(2, text);
            ResultSet row = statement.executeQuery();
            row.next();
            return row.getInt(1);
        }
    }

    @Test
    void badMetadataNamesTheField() {
        Customer customer = Customer.having("100");
        assertThat(start(customer, ", 'metadata': {'a b': 'c'}")
                        .is(400, "invalid_request")
                        .at("errors/0/field"))
                .startsWith("metadata");
    }
}

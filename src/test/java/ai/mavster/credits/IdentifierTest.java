package ai.mavster.credits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.mavster.credits.embedded.TestDatabase;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Ids that clients and proxies would take for a way through the path are refused wherever they can come in. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class IdentifierTest {

    @Inject
    AgroalDataSource database;

    private Customer customer;

    @BeforeEach
    void subscribe() {
        customer = Customer.on("basic");
    }

    @ParameterizedTest
    @ValueSource(strings = {"...", "a", ".a", "a.", "..a", "a/..", "../a", "/", "a..b"})
    void manyIdsWithDotsAreIds(String id) {
        assertThat(id).matches(Identifier.PATTERN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a b", "ä", "a\n"})
    void theseAreNot(String id) {
        assertThat(id).doesNotMatch(Identifier.PATTERN);
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            /runs      | 'run_id': 'DOTS'                       | run_id
            /runs      | 'parent_run_id': 'DOTS'                | parent_run_id
            /runs      | 'workspace_id': 'DOTS'                 | workspace_id
            /runs      | 'project_id': 'DOTS'                   | project_id
            /runs      | 'test_id': 'DOTS'                      | test_id
            /runs      | 'estimate': [{'action': 'DOTS'}]       | estimate[0].action
            /debits    | 'credits': 1, 'action': 'DOTS'         | action
            /debits    | 'credits': 1, 'run_id': 'DOTS'         | run_id
            /debits    | 'credits': 1, 'workspace_id': 'DOTS'   | workspace_id
            /debits    | 'credits': 1, 'project_id': 'DOTS'     | project_id
            /debits    | 'credits': 1, 'test_id': 'DOTS'        | test_id
            """)
    void dotsAreRefusedInWhatAnAccountIsAsked(String path, String fields, String field) {
        for (String dots : new String[] {".", ".."}) {
            Reply refused = Customer.post(
                            customer.path(path), Customer.newKey(), "{" + fields.replace("DOTS", dots) + "}")
                    .is(400, "invalid_request");
            assertThat(refused.rows("errors", "field")).containsExactly(field);
        }
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            /v1/preflights | {'account_id': '..', 'credits': 1}                                   | errors                   | account_id
            /v1/api-keys   | {'name': 'N', 'scopes': ['runner'], 'account_id': '..'}              | errors                   | account_id
            /v1/imports    | {'accounts': [{'account_id': '..', 'balance': 5}]}                   | results/0/problem/errors | account_id
            /v1/imports    | {'accounts': [{'account_id': '.', 'balance': 5}]}                    | results/0/problem/errors | account_id
            /v1/debits     | {'debits': [{'account_id': '..', 'idempotency_key': 'k', 'credits': 1}]} | results/0/problem/errors | account_id
            """)
    void dotsAreNoAccount(String path, String body, String errors, String field) {
        assertThat(Customer.post(path, body).rows(errors, "field")).containsExactly(field);
    }

    @Test
    void dotsAreNoActionOfTheRateCardAndNoFilter() {
        Reply rate = Customer.put("/v1/rate-card", "{'rates': [{'action': '..', 'unit': 'u', 'credits': 1}]}")
                .is(400, "invalid_request");
        assertThat(rate.rows("errors", "field")).containsExactly("rates[0].action");
        Reply entries = Customer.get(customer.path("/entries?run_id=..")).is(400, "invalid_request");
        assertThat(entries.rows("errors", "field")).containsExactly("run_id");
    }

    /** Whatever way in was forgotten. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSERT INTO account (account_id, created_at, updated_at) VALUES ('..', now(), now())",
                "UPDATE account SET account_id = '.' WHERE account_id = 'ID'",
                "UPDATE plan SET plan_id = '..' WHERE plan_id = 'basic'",
                "UPDATE rate SET action = '..'",
            })
    void theDatabaseKnowsNoDotsEither(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.execute(sql.replace("ID", customer.id)))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("check");
        }
    }
}

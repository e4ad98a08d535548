package ai.mavster.credits.ledger.proof;

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
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whoever changes the books behind the ledger's back is seen. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class ProofTest {

    @Inject
    AgroalDataSource database;

    private Customer customer;

    /** Entries: 1 monthly +3000, 2 top-up +50, 3 debit -3000 and 4 -10 of the same posting, 5 reversal +4. */
    @BeforeEach
    void anAccountWithABitOfEverything() {
        customer = Customer.on("basic");
        customer.topUp("50").is(201);
        String debit = customer.debit("3010", ", 'run_id': 'run-1'").is(201).at("id");
        customer.reverse(debit, "{'credits': 4, 'reason': 'half a step'}").is(201);
    }

    @Test
    void anAccountThatNobodyTouchedAddsUp() {
        assertThat(customer.proof().body())
                .isEqualTo(
                        "{\"balanced\":true,\"entries\":5,\"sum_of_entries\":44,\"balance\":44,\"held\":0,\"owed\":0,"
                                + "\"open_holds\":0,\"chain_intact\":true,\"first_bad_seq\":null,\"failures\":[]}");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            # tampering                                                                    | balanced | chain | first bad
            UPDATE entry SET credits = credits + 1 WHERE seq = 2                           | false | false | 2
            UPDATE entry SET credits = credits + 1, balance_after = balance_after + 1 WHERE seq = 2 | false | false | 2
            UPDATE entry SET balance_after = balance_after + 1 WHERE seq = 3               | true  | false | 3
            UPDATE entry SET hash = sha256(hash) WHERE seq = 4                             | true  | false | 4
            UPDATE entry SET hash = sha256(hash) WHERE seq = 5                             | true  | false | 5
            UPDATE entry SET seq = 9 WHERE seq = 5                                         | false | false | 5
            DELETE FROM entry WHERE seq = 1                                                | false | false | 1
            DELETE FROM entry WHERE seq = 3                                                | false | false | 3
            DELETE FROM entry WHERE seq = 5                                                | false | false | 5
            DELETE FROM entry WHERE seq > 0                                                | false | false | 1
            UPDATE posting_text SET note = 'half a stop' WHERE note IS NOT NULL            | false | true  | null
            DELETE FROM posting_text WHERE note IS NOT NULL                                | false | true  | null
            UPDATE posting SET text_digest = sha256('') WHERE kind = 'reversal'            | false | false | 5
            UPDATE posting SET author_name = 'Somebody' WHERE kind = 'debit'               | true  | false | 3
            UPDATE posting SET hash_version = 1 WHERE kind = 'debit'                       | true  | false | 3
            UPDATE posting SET run_id = 'run-2' WHERE kind = 'debit'                       | true  | false | 3
            UPDATE posting SET occurred_at = occurred_at - interval '1 microsecond' WHERE kind = 'top_up' | false | false | 2
            UPDATE posting SET kind = 'adjustment' WHERE kind = 'top_up'                   | false | false | 2
            UPDATE posting SET requested = requested + 1 WHERE kind = 'debit'              | true  | false | 3
            UPDATE posting SET credits = credits - 1 WHERE kind = 'debit'                  | false | false | 3
            UPDATE credit_grant SET remaining = remaining + 1 WHERE kind = 'monthly'       | false | true  | null
            UPDATE credit_grant SET expires_at = '2090-01-01Z' WHERE kind = 'top_up'       | true  | false | 2
            UPDATE credit_grant SET credits = credits + 1 WHERE kind = 'top_up'            | false | true  | null
            UPDATE credit_grant SET kind = 'promotional' WHERE kind = 'top_up'             | false | true  | null
            UPDATE credit_grant SET seq = 7 WHERE kind = 'monthly'                         | false | true  | null
            UPDATE account_balance SET balance = balance + 1 WHERE seq > 0                 | false | true  | null
            UPDATE account_balance SET held = held + 1 WHERE seq > 0                       | false | true  | null
            UPDATE account_balance SET owed = owed + 1 WHERE seq > 0                       | false | true  | null
            UPDATE posting SET owed = owed + 1 WHERE kind = 'debit'                        | true  | false | 3
            UPDATE account_balance SET seq = 6 WHERE seq = 5                               | false | false | 6
            """)
    void tamperingIsSeen(String tampering, String balanced, String chain, String firstBad) throws SQLException {
        execute(tampering);

        assertThat(customer.proof().all("balanced", "chain_intact", "first_bad_seq"))
                .isEqualTo(balanced + " " + chain + " " + firstBad);
    }

    /**
     * The last entry is cut off together with the head that the balance row keeps: then something else still tells of
     * it, up to the checksum.
     */
    @Test
    void aCutTailIsSeenByWhatStillTellsOfIt() throws SQLException {
        execute("DELETE FROM entry WHERE seq = 5");
        execute("UPDATE account_balance SET seq = 4, balance = balance - 4000000 WHERE seq = 5");
        execute(
                "UPDATE account_balance b SET hash = e.hash FROM entry e WHERE e.account_id = b.account_id AND e.seq = 4",
                "b");
        assertThat(checks()).containsExactlyInAnyOrder("postings", "grants", "balance");

        execute("UPDATE credit_grant SET remaining = remaining - 4000000 WHERE kind = 'top_up'");
        assertThat(checks()).containsExactlyInAnyOrder("postings", "balance");

        execute("DELETE FROM posting_text WHERE note IS NOT NULL");
        execute("DELETE FROM posting WHERE kind = 'reversal'");
        assertThat(checks()).containsExactlyInAnyOrder("budgets", "keys", "usage", "balance");

        execute("DELETE FROM idempotency_key WHERE answer_id NOT IN (SELECT posting_id FROM posting)");
        assertThat(checks()).containsExactlyInAnyOrder("budgets", "usage", "balance");

        execute("UPDATE usage_rollup SET credits = credits + reversed, reversed = 0 WHERE reversed > 0");
        assertThat(checks()).containsExactlyInAnyOrder("budgets", "balance");
    }

    private Set<String> checks() {
        return new TreeSet<>(customer.proof().rows("failures", "check"));
    }

    @Test
    void anAccountInUseIsProvenMeanwhile() {
        String run = Customer.post(customer.path("/runs"), Customer.newKey(), "{'hold': 20, 'hold_expires_in': 'PT1H'}")
                .is(201)
                .at("run_id");
        List<CompletableFuture<Void>> callers = IntStream.range(0, 4)
                .mapToObj(i ->
                        CompletableFuture.runAsync(() -> IntStream.range(0, 25).forEach(n -> {
                            String debit = customer.debit("0.1", ", 'run_id': '" + run + "'")
                                    .is(201)
                                    .at("id");
                            customer.reverse(debit, "{'reason': 'R'}").is(201);
                        })))
                .toList();
        CompletableFuture<Void> all = CompletableFuture.allOf(callers.toArray(CompletableFuture[]::new));
        int proofs = 0;
        do {
            assertThat(customer.proof().all("balanced", "chain_intact", "failures"))
                    .isEqualTo("true true []");
            proofs++;
        } while (!all.isDone());
        all.join();

        assertThat(proofs).isGreaterThan(1);
        assertThat(customer.proof().all("balanced", "entries")).isEqualTo("true 205");
    }

    @Test
    void anEntryWithoutItsPostingIsSeen() throws SQLException {
        execute("DELETE FROM posting_text WHERE note IS NOT NULL");
        execute("DELETE FROM posting WHERE kind = 'reversal'");

        assertThat(customer.proof().all("chain_intact", "first_bad_seq")).isEqualTo("false 5");
    }

    @Test
    void anAccountThatIsNotThereHasNoProof() {
        Customer.get("/v1/accounts/story-nobody/proof").is(404, "account_not_found");
    }

    private void execute(String sql) throws SQLException {
        execute(sql, "");
    }

    /** @param alias of the table whose account is meant, where there are several */
    private void execute(String sql, String alias) throws SQLException {
        String account = alias.isEmpty() ? "account_id" : alias + ".account_id";
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql + " AND " + account + " = ?")) {
            statement.setString(1, customer.id);
            assertThat(statement.executeUpdate()).isPositive();
        }
    }
}

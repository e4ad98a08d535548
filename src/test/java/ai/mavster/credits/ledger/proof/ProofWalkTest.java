package ai.mavster.credits.ledger.proof;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Customer;
import ai.mavster.credits.MovableClock;
import ai.mavster.credits.Reply;
import ai.mavster.credits.Scrape;
import ai.mavster.credits.embedded.TestDatabase;
import ai.mavster.credits.http.Cursor;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** All accounts are proven, page by page for who asks, and by the job, whatever is wrong with some of them. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class ProofWalkTest {

    private static final String FAILED = "ledger_proof_failed";
    private static final String OLDEST = "ledger_proof_oldest_seconds";

    @Inject
    AgroalDataSource database;

    @Inject
    ProofWalk walk;

    @Inject
    ProofJob job;

    @Inject
    ProofMetrics metrics;

    @Inject
    MovableClock clock;

    @AfterEach
    void setClockRight() {
        clock.reset();
    }

    @Test
    void pagesGoThroughAllAccountsOnce() throws SQLException {
        String prefix = "zz-proof-" + UUID.randomUUID() + "-";
        for (int i = 1; i <= 5; i++) {
            Customer.put("/v1/accounts/" + prefix + i, "{}").is(201);
        }
        execute("UPDATE account_balance SET balance = balance + 1 WHERE account_id = ?", prefix + 3);
        List<String> verdicts = new ArrayList<>();
        String cursor = Cursor.of("proven " + prefix);
        while (cursor != null) {
            Reply page = Customer.get("/v1/proof?limit=2&cursor=" + cursor).is(200);
            assertThat(page.json().at("/data").size()).isBetween(1, 2);
            verdicts.addAll(page.rows("data", "account_id", "balanced", "chain_intact", "first_bad_seq", "failures"));
            cursor = page.at("next_cursor");
            assertThat(page.at("has_more")).isEqualTo(String.valueOf(cursor != null));
        }

        assertThat(verdicts)
                .filteredOn(verdict -> verdict.startsWith(prefix))
                .satisfiesExactly(
                        verdict -> assertThat(verdict).isEqualTo(prefix + "1 true true null []"),
                        verdict -> assertThat(verdict).isEqualTo(prefix + "2 true true null []"),
                        verdict -> assertThat(verdict)
                                .startsWith(prefix + "3 false true null [")
                                .contains(
                                        "{\"check\":\"balance\",\"detail\":\"the entries add up to something else\"}"),
                        verdict -> assertThat(verdict).isEqualTo(prefix + "4 true true null []"),
                        verdict -> assertThat(verdict).isEqualTo(prefix + "5 true true null []"));
    }

    @Test
    void aCursorOfAnotherListIsRefused() {
        Customer.get("/v1/proof?cursor=nonsense").is(400, "invalid_request");
        Customer.get("/v1/proof?limit=0").is(400, "invalid_request");
    }

    @Test
    void failuresStayUntilTheAccountIsProvenAgain() throws SQLException {
        Customer customer = Customer.having("10");
        Customer next = Customer.having("10");
        prove(customer);
        prove(next);
        metrics.measure();
        Scrape before = Scrape.now();

        execute("UPDATE account_balance SET held = held + 1 WHERE account_id = ?", customer.id);
        prove(customer);
        prove(next);
        metrics.measure();
        before.risesBy("ledger_proofs_total", "2");
        before.risesBy(FAILED, "1");

        execute("UPDATE account_balance SET held = held - 1 WHERE account_id = ?", customer.id);
        prove(customer);
        metrics.measure();
        before.risesBy(FAILED, "0");
    }

    @Test
    void howLongAgoTheOldestProofWasIsTold() {
        prove(Customer.having("10"));
        metrics.measure();
        Scrape before = Scrape.now();

        clock.moveBy(Duration.ofDays(2));
        metrics.measure();

        assertThat(Scrape.now().of(OLDEST).subtract(before.of(OLDEST)))
                .isGreaterThanOrEqualTo(BigDecimal.valueOf(172_800));
    }

    /**
     * A walk goes on behind the account that was proven last, by whichever process, and begins anew after the last one.
     */
    @Test
    void theWalkGoesOnWhereItStopped() {
        Customer customer = Customer.having("10");
        clock.moveBy(Duration.ofDays(1));
        prove(customer);

        assertThat(walk.position()).isEqualTo(customer.id);
        assertThat(walk.step("~")).isNull();
    }

    @Test
    void theJobProvesSomeAndThenRests() {
        Customer.having("10");
        Scrape before = Scrape.now();
        job.run();
        BigDecimal proven = Scrape.now().of("ledger_proofs_total");
        assertThat(proven).isGreaterThan(before.of("ledger_proofs_total"));

        job.run();
        assertThat(Scrape.now().of("ledger_proofs_total")).isEqualTo(proven);
    }

    /** By the walk: it follows an id that is just before the account's. */
    private void prove(Customer customer) {
        String before = customer.id.substring(0, customer.id.length() - 1)
                + (char) (customer.id.charAt(customer.id.length() - 1) - 1);
        assertThat(walk.step(before)).isEqualTo(customer.id);
    }

    private void execute(String sql, String accountId) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, accountId);
            assertThat(statement.executeUpdate()).isEqualTo(1);
        }
    }
}

package ai.mavster.credits.usage;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Credits;
import ai.mavster.credits.Customer;
import ai.mavster.credits.embedded.Eventually;
import ai.mavster.credits.embedded.TestDatabase;
import ai.mavster.credits.ledger.Command;
import ai.mavster.credits.ledger.Ledger;
import ai.mavster.credits.ledger.TestAccounts;
import ai.mavster.credits.ledger.posting.Purpose;
import ai.mavster.credits.ledger.posting.Texts;
import ai.mavster.credits.testclock.AdvanceClock;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A test clock that is advanced between two debits of one batch: each counts in its own hour, both in their day. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class UsageOnTestClockTest {

    private static final Instant START = Instant.parse("2026-01-10T09:30:00Z");

    @Inject
    Ledger ledger;

    @Inject
    AgroalDataSource database;

    private Customer customer;

    @Test
    void theHoursOfOneBatchAreToldApart() throws SQLException {
        customer = Customer.onTestClock(START.toString());
        customer.subscribe("{'plan': 'basic', 'status': 'active'}").is(200);
        List<CompletableFuture<?>> answers = new ArrayList<>();
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            lock(connection);
            answers.add(submit(debit()));
            awaitWaiting();
            // These pile up meanwhile.
            answers.add(submit(debit()));
            answers.add(submit(AdvanceClock.to(customer.id, START.plus(Duration.ofMinutes(10)))));
            answers.add(submit(debit()));
            answers.add(submit(AdvanceClock.to(customer.id, START.plus(Duration.ofHours(1)))));
            answers.add(submit(debit()));
            answers.add(submit(AdvanceClock.to(customer.id, START.plus(Duration.ofDays(1)))));
            answers.add(submit(debit()));
            connection.commit();
        }
        answers.forEach(CompletableFuture::join);

        assertThat(rows("hour"))
                .containsExactly("2026-01-11T09:00:00Z 1 1", "2026-01-10T10:00:00Z 1 1", "2026-01-10T09:00:00Z 3 3");
        assertThat(rows("day")).containsExactly("2026-01-11T00:00:00Z 1 1", "2026-01-10T00:00:00Z 4 4");
    }

    private List<String> rows(String bucket) {
        return Customer.get(customer.path("/usage?bucket=" + bucket))
                .is(200)
                .rows("data", "start", "credits", "debits");
    }

    private CompletableFuture<?> submit(Command<?> command) {
        return ledger.submit(command).toCompletableFuture();
    }

    private Command.Debit debit() {
        return new Command.Debit(
                customer.id,
                Customer.newKey(),
                Credits.of(1),
                Command.OnInsufficient.REFUSE,
                new Purpose("/responses", null, null, null, null, null),
                false,
                Texts.NONE,
                TestAccounts.AUTHOR);
    }

    private void lock(Connection connection) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT 1 FROM account_balance WHERE account_id = ? FOR UPDATE")) {
            statement.setString(1, customer.id);
            statement.executeQuery();
        }
    }

    private void awaitWaiting() {
        Eventually.holds(
                Duration.ofSeconds(3),
                () -> {
                    try (Connection connection = database.getConnection();
                            PreparedStatement statement = connection.prepareStatement("""
                                    SELECT count(*) FROM pg_stat_activity
                                    WHERE wait_event_type = 'Lock' AND datname = current_database()""")) {
                        ResultSet row = statement.executeQuery();
                        row.next();
                        return row.getLong(1) > 0;
                    }
                },
                () -> "a debit waits for the lock");
    }
}

package ai.mavster.credits.ledger.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.mavster.credits.Credits;
import ai.mavster.credits.Outcome;
import ai.mavster.credits.Refusal;
import ai.mavster.credits.Unavailable;
import ai.mavster.credits.embedded.Eventually;
import ai.mavster.credits.embedded.TestDatabase;
import ai.mavster.credits.ledger.Ledger;
import ai.mavster.credits.ledger.TestAccounts;
import ai.mavster.credits.ledger.posting.Posting;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Another session holds an account's row: whoever shares its lane is answered, and who waits for it is in its turn. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class LockedAccountTest {

    /** As many as there are by default. */
    private static final int LANES = 4;

    @Inject
    Ledger ledger;

    @Inject
    AgroalDataSource database;

    private final String locked = inLaneZero();
    private final String neighbour = inLaneZero();

    private static String inLaneZero() {
        String accountId = "locked-" + UUID.randomUUID();
        while (Math.floorMod(accountId.hashCode(), LANES) != 0) {
            accountId = "locked-" + UUID.randomUUID();
        }
        return accountId;
    }

    @Test
    void itsNeighboursGoOnAndItsOwnCommandsKeepTheirOrder() throws Exception {
        open(locked, neighbour);
        List<CompletableFuture<Outcome<Posting>>> inOrder = new ArrayList<>();
        for (int round = 0; round < 5; round++) {
            List<CompletableFuture<Outcome<Posting>>> waiting = new ArrayList<>();
            try (Connection other = begin()) {
                lock(other, locked);
                for (int i = 0; i < 10; i++) {
                    waiting.add(topUp(locked, "waiting-" + round + "-" + i));
                    assertAccepted(
                            topUp(neighbour, "neighbour-" + round + "-" + i).get(3, TimeUnit.SECONDS));
                }
                assertThat(waiting).noneMatch(CompletableFuture::isDone);
                other.commit();
            }
            inOrder.addAll(waiting);
            // The lane could have the account now, while others still wait for it.
            for (int i = 0; i < 10; i++) {
                inOrder.add(topUp(locked, "later-" + round + "-" + i));
            }
            inOrder.forEach(CompletableFuture::join);
        }
        assertThat(inOrder)
                .extracting(one -> balance(one.join()))
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, 100).mapToObj(Credits::of).toList());
    }

    /** The table's lock keeps the lane from beginning; once that is gone, what has piled up is one batch. */
    @Test
    void ofOneBatchNobodyElseWaitsAndNobodyIsUnknownForIt() throws Exception {
        open(locked, neighbour);
        CompletableFuture<Outcome<Posting>> waiting;
        try (Connection other = begin()) {
            lock(other, locked);
            Savepoint before = other.setSavepoint();
            execute(other, "LOCK TABLE account_balance IN EXCLUSIVE MODE");
            CompletableFuture<Outcome<Posting>> first = topUp(neighbour, "first");
            awaitLockWaited();
            CompletableFuture<Outcome<Posting>> unknown = topUp(inLaneZero(), "unknown");
            waiting = topUp(locked, "waiting");
            CompletableFuture<Outcome<Posting>> second = topUp(neighbour, "second");
            other.rollback(before);

            assertAccepted(first.get(3, TimeUnit.SECONDS));
            assertThat(unknown.get(3, TimeUnit.SECONDS))
                    .isInstanceOfSatisfying(
                            Outcome.Refused.class,
                            refused -> assertThat(refused.refusal().code()).isEqualTo(Refusal.Code.ACCOUNT_NOT_FOUND));
            assertAccepted(second.get(3, TimeUnit.SECONDS));
            assertThat(waiting).isNotDone();
            other.commit();
        }
        assertAccepted(waiting.join());
    }

    @Test
    void whoWaitsForTooLongIsToldSoAndItsNeighboursGoOnAllTheWhile() throws Exception {
        open(locked, neighbour);
        try (Connection other = begin()) {
            lock(other, locked);
            CompletableFuture<Outcome<Posting>> late = topUp(locked, "late");
            for (int i = 0; !late.isDone(); i++) {
                assertAccepted(topUp(neighbour, "meanwhile-" + i).get(3, TimeUnit.SECONDS));
            }
            assertThatThrownBy(late::join)
                    .hasCauseInstanceOf(Unavailable.class)
                    .hasRootCauseMessage(Unavailable.Reason.DATABASE_UNREACHABLE.name());
            other.commit();
        }
        assertThat(balance(topUp(locked, "late").join())).isEqualTo(Credits.of(1));
    }

    /** However many stay locked. */
    @Test
    void oneThatIsLetGoIsNotHeldUpByThoseThatAreNot() throws Exception {
        List<String> others = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            others.add(inLaneZero());
        }
        open(others.toArray(String[]::new));
        open(locked);
        List<CompletableFuture<Outcome<Posting>>> waiting = new ArrayList<>();
        try (Connection stays = begin();
                Connection lets = begin()) {
            for (String accountId : others) {
                lock(stays, accountId);
            }
            lock(lets, locked);
            others.forEach(accountId -> waiting.add(topUp(accountId, "waiting")));
            CompletableFuture<Outcome<Posting>> one = topUp(locked, "waiting");
            lets.commit();
            assertAccepted(one.get(3, TimeUnit.SECONDS));
            assertThat(waiting).noneMatch(CompletableFuture::isDone);
            stays.commit();
        }
        waiting.forEach(one -> assertAccepted(one.join()));
    }

    private void open(String... accountIds) throws SQLException {
        for (String accountId : accountIds) {
            TestAccounts.open(database, accountId, Instant.now());
        }
    }

    private CompletableFuture<Outcome<Posting>> topUp(String accountId, String key) {
        return ledger.submit(TestAccounts.topUp(accountId, key, Credits.of(1))).toCompletableFuture();
    }

    private static void assertAccepted(Outcome<Posting> outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Accepted.class);
    }

    private static Credits balance(Outcome<Posting> outcome) {
        return outcome.orThrow().balance();
    }

    private Connection begin() throws SQLException {
        Connection connection = database.getConnection();
        connection.setAutoCommit(false);
        return connection;
    }

    private static void lock(Connection connection, String accountId) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT 1 FROM account_balance WHERE account_id = ? FOR UPDATE")) {
            statement.setString(1, accountId);
            statement.executeQuery();
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private void awaitLockWaited() {
        Eventually.holds(
                Duration.ofSeconds(3),
                () -> {
                    try (Connection connection = database.getConnection();
                            Statement statement = connection.createStatement();
                            ResultSet row = statement.executeQuery("""
                                    SELECT count(*) FROM pg_stat_activity
                                    WHERE wait_event_type = 'Lock' AND datname = current_database()""")) {
                        row.next();
                        return row.getLong(1) > 0;
                    }
                },
                () -> "the lane waits for the table");
    }
}

package ai.mavster.credits.pricing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.mavster.credits.Author;
import ai.mavster.credits.Credits;
import ai.mavster.credits.embedded.TestDatabase;
import io.agroal.api.AgroalDataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** When the copy of the card is read anew, and that it never has what is not committed. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class RatesTest {

    private static final Instant NOW = Instant.parse("2026-11-21T18:39:00Z");

    @ConfigProperty(name = "quarkus.datasource.jdbc.max-size")
    int most;

    @Inject
    AgroalDataSource database;

    @Inject
    RateRepository rows;

    @Inject
    Rates rates;

    private final String action = "rates-" + UUID.randomUUID();

    private void add(Connection connection) throws SQLException {
        Price price = new Price(Credits.of(5), Credits.of(5));
        rows.add(
                connection, List.of(new RateVersion(action, NOW, "step", price, null, null, NOW, Author.NOBODY, null)));
    }

    private void addCommitted() throws SQLException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            rows.lock(connection);
            add(connection);
            connection.commit();
        }
    }

    private boolean has(RateCard card) {
        return card.rate(action, NOW).isPresent();
    }

    @Test
    void aCopyIsKeptWhileItsRevisionLasts() throws SQLException {
        RateCard first = rates.current();

        assertThat(rates.current()).isSameAs(first);
        assertThat(rates.at(first.revision())).isSameAs(first);
        addCommitted();
        // Whoever knows of no newer revision is not made to read.
        assertThat(rates.at(first.revision())).isSameAs(first);
        RateCard second = rates.at(first.revision() + 1);
        assertThat(second.revision()).isEqualTo(first.revision() + 1);
        assertThat(has(first)).isFalse();
        assertThat(has(second)).isTrue();
        assertThat(rates.current()).isSameAs(second);
    }

    /** Another process of the service has put it. */
    @Test
    void aChangeByAnotherIsSeenAtOnce() throws SQLException {
        Rates other = new Rates(database, rows);
        assertThat(has(other.current())).isFalse();
        addCommitted();

        assertThat(has(other.current())).isTrue();
    }

    /** After it was changed once more, or the database was restored: the card that is there. */
    @Test
    void anotherRevisionThanTheCopysIsReadAnew() throws SQLException {
        RateCard card = rates.current();

        assertThat(rates.at(card.revision() - 1)).isNotSameAs(card);
        assertThat(rates.at(card.revision() - 1).revision()).isEqualTo(card.revision());
    }

    @Test
    void withinATransactionItReadsOnlyWhatIsCommitted() throws SQLException {
        QuarkusTransaction.begin();
        try (Connection connection = database.getConnection()) {
            rows.lock(connection);
            add(connection);
            long uncommitted = rows.revision(connection);

            assertThat(rates.current().revision()).isEqualTo(uncommitted - 1);
            assertThat(has(rates.at(uncommitted))).isFalse();
            assertThat(has(rows.load(connection))).isTrue();
        } finally {
            QuarkusTransaction.rollback();
        }
    }

    /** As the ledger asks: on a thread of its own, while it has a transaction of its own open. */
    @Test
    void itNeedsNoTransactionAndNoRequest() throws Exception {
        RateCard card = rates.current();
        List<RateCard> seen = new ArrayList<>();
        Thread lane = new Thread(() -> {
            try (Connection connection = database.getConnection()) {
                connection.setAutoCommit(false);
                rows.lock(connection);
                add(connection);
                seen.add(new Rates(database, rows).at(rows.revision(connection)));
                connection.rollback();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        });
        lane.start();
        lane.join();

        assertThat(seen).extracting(RateCard::revision).containsExactly(card.revision());
        assertThat(has(seen.get(0))).isFalse();
    }

    /** Without a connection left the caller is told that it may try again. */
    @Test
    void troubleWithTheDatabaseIsToldAsSuch() throws SQLException {
        RateCard card = rates.current();
        List<Connection> all = new ArrayList<>();
        try {
            for (int i = 0; i < most; i++) {
                all.add(database.getConnection());
            }

            assertThat(rates.at(card.revision())).isSameAs(card);
            assertThatThrownBy(rates::current)
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("08001"));
        } finally {
            for (Connection connection : all) {
                connection.close();
            }
        }
        assertThat(rates.current()).isSameAs(card);
    }

    @Test
    void manyAtOnceGetTheSameCard() throws Exception {
        addCommitted();
        Rates fresh = new Rates(database, rows);
        List<CompletableFuture<RateCard>> askers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            askers.add(CompletableFuture.supplyAsync(() -> {
                try {
                    return fresh.current();
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            }));
        }

        RateCard first = askers.get(0).get();
        for (CompletableFuture<RateCard> asker : askers) {
            assertThat(asker.get()).isSameAs(first);
        }
        assertThat(has(first)).isTrue();
    }
}

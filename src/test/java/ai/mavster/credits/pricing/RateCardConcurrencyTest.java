package ai.mavster.credits.pricing;

import static ai.mavster.credits.pricing.RateCardCalls.history;
import static ai.mavster.credits.pricing.RateCardCalls.put;
import static ai.mavster.credits.pricing.RateCardCalls.rate;
import static ai.mavster.credits.pricing.RateCardCalls.startingAt;
import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.MovableClock;
import ai.mavster.credits.Reply;
import ai.mavster.credits.embedded.Eventually;
import ai.mavster.credits.embedded.TestDatabase;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rates that are put at once: the card's one row lines them up. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class RateCardConcurrencyTest {

    private static final Instant START = Instant.parse("2030-01-01T00:00:00Z");

    @Inject
    MovableClock clock;

    @Inject
    Rates rates;

    @Inject
    RateRepository rows;

    @Inject
    AgroalDataSource database;

    /** An action of its own for each story: versions stay. */
    private final String action = "story-" + UUID.randomUUID();

    @BeforeEach
    void stopTheClock() {
        clock.stopAt(START);
    }

    @AfterEach
    void setClockRight() {
        clock.reset();
    }

    @Test
    void ofManyPricesForOneInstantOneIsTaken() throws Exception {
        List<Reply> replies = atOnce(12, i -> put(rate(action, "" + i, startingAt("2031-01-01T00:00:00Z"))));

        assertThat(replies).extracting(Reply::status).containsOnly(200, 409).containsOnlyOnce(200);
        assertThat(history(action)).hasSize(1);
    }

    @Test
    void theSameManyTimesAtOnceIsOneVersion() throws Exception {
        long before = rates.current().revision();

        List<Reply> replies = atOnce(12, i -> put(rate(action, "5")));

        assertThat(replies).extracting(Reply::status).containsOnly(200);
        assertThat(history(action)).hasSize(1);
        assertThat(rates.current().revision()).isEqualTo(before + 1);
    }

    @Test
    void everyChangeRaisesTheRevision() throws Exception {
        long before = rates.current().revision();

        assertThat(atOnce(12, i -> put(rate(action + "-" + i, "1"))))
                .extracting(Reply::status)
                .containsOnly(200);

        assertThat(rates.current().revision()).isEqualTo(before + 12);
    }

    /**
     * Else a rate that waited for others would start before them, and not be what is in force after it was answered.
     */
    @Test
    void whatStartsNowStartsOnceItIsItsTurn() throws Exception {
        CompletableFuture<Reply> put;
        try (Connection other = database.getConnection()) {
            other.setAutoCommit(false);
            rows.lock(other);
            put = CompletableFuture.supplyAsync(() -> put(rate(action, "1")));
            Eventually.holds(Duration.ofSeconds(3), this::putWaits, () -> "the PUT waits for the lock");
            clock.stopAt(START.plusSeconds(1));
            other.rollback();
        }

        assertThat(put.get().is(200).at("rates/0/effective_from")).isEqualTo("2030-01-01T00:00:01Z");
    }

    private boolean putWaits() throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select count(*) > 0 from pg_stat_activity"
                        + " where wait_event_type = 'Lock' and query like '%rate_card FOR UPDATE%'")) {
            row.next();
            return row.getBoolean(1);
        }
    }

    private static List<Reply> atOnce(int times, IntFunction<Reply> request) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(times);
        try {
            List<Callable<Reply>> requests = IntStream.range(0, times)
                    .<Callable<Reply>>mapToObj(i -> () -> request.apply(i))
                    .toList();
            List<Reply> replies = new ArrayList<>();
            for (Future<Reply> reply : threads.invokeAll(requests)) {
                replies.add(reply.get());
            }
            return replies;
        } finally {
            threads.shutdown();
        }
    }
}

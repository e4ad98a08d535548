package ai.mavster.credits.ledger.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.mavster.credits.Credits;
import ai.mavster.credits.Outcome;
import ai.mavster.credits.embedded.TestDatabase;
import ai.mavster.credits.ledger.AccountView;
import ai.mavster.credits.ledger.Ledger;
import ai.mavster.credits.ledger.Participant;
import ai.mavster.credits.ledger.TestAccounts;
import ai.mavster.credits.ledger.posting.Posting;
import ai.mavster.credits.sql.RoundTrip;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(TestDatabase.class)
class BatchWriterTest {

    private final String sick = "sick-" + UUID.randomUUID();
    private final String healthy = "healthy-" + UUID.randomUUID();

    @Inject
    Ledger ledger;

    @Inject
    AgroalDataSource dataSource;

    @Inject
    Saboteur saboteur;

    /** Lets the transactions of one account fail once all else is written. */
    @Singleton
    static class Saboteur implements Participant {

        private volatile @Nullable String accountId;
        private volatile boolean readingFails;
        private volatile Supplier<Throwable> failure = IllegalStateException::new;

        @Override
        public int order() {
            return Integer.MAX_VALUE;
        }

        @Override
        public InBatch read(RoundTrip reads, Scope scope) {
            if (readingFails && accountId != null && scope.accountIds().contains(accountId)) {
                throw new OutOfMemoryError("on purpose");
            }
            return new InBatch() {
                @Override
                public void write(RoundTrip writes) {
                    if (accountId != null && scope.accountIds().contains(accountId)) {
                        Throwable thrown = failure.get();
                        if (thrown instanceof Error error) {
                            throw error;
                        }
                        throw (RuntimeException) thrown;
                    }
                }
            };
        }
    }

    @BeforeEach
    void open() throws SQLException {
        for (String accountId : new String[] {sick, healthy}) {
            TestAccounts.open(dataSource, accountId, Instant.now());
        }
    }

    @AfterEach
    void recover() {
        saboteur.accountId = null;
        saboteur.readingFails = false;
    }

    @Test
    void anErrorInAReaderFailsTheQuestionsAboutItsAccountOnly() {
        saboteur.readingFails = true;
        saboteur.accountId = sick;
        List<CompletableFuture<Outcome<Long>>> failing = new ArrayList<>();
        List<CompletableFuture<Outcome<Long>>> answered = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            // Two readers take turns: of three questions a round each gets some of both accounts.
            failing.add(seq(sick));
            answered.add(seq(healthy));
            answered.add(seq(healthy));
        }
        answered.forEach(one -> assertThat(one.join()).isInstanceOf(Outcome.Accepted.class));
        failing.forEach(one -> assertThatThrownBy(one::join).hasCauseInstanceOf(IllegalStateException.class));

        saboteur.accountId = null;
        assertThat(seq(sick).join()).isInstanceOf(Outcome.Accepted.class);
    }

    private CompletableFuture<Outcome<Long>> seq(String accountId) {
        return ledger.read(accountId, AccountView::seq).toCompletableFuture().orTimeout(20, TimeUnit.SECONDS);
    }

    @Test
    void aParticipantsExceptionFailsItsAccountsCommandsOnly() throws Exception {
        failsAlone(() -> new IllegalStateException("on purpose"));
    }

    @Test
    void anErrorFailsItsAccountsCommandsOnly() throws Exception {
        failsAlone(() -> new StackOverflowError("on purpose"));
    }

    private void failsAlone(Supplier<Throwable> failure) throws Exception {
        saboteur.failure = failure;
        saboteur.accountId = sick;

        CompletableFuture<Outcome<Posting>> failing = topUp(sick, "first");
        CompletableFuture<Outcome<Posting>> neighbour = topUp(healthy, "first");

        assertThatThrownBy(failing::join).hasCauseInstanceOf(IllegalStateException.class);
        assertThat(neighbour.join()).isInstanceOf(Outcome.Accepted.class);
        assertThat(postings(sick)).isZero();
        assertThat(postings(healthy)).isOne();

        saboteur.accountId = null;
        assertThat(topUp(sick, "first").join()).isInstanceOf(Outcome.Accepted.class);
        assertThat(postings(sick)).isOne();
    }

    private CompletableFuture<Outcome<Posting>> topUp(String accountId, String key) {
        return ledger.submit(TestAccounts.topUp(accountId, key, new Credits(1_000_000)))
                .toCompletableFuture()
                .orTimeout(20, TimeUnit.SECONDS);
    }

    private long postings(String accountId) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement =
                        connection.prepareStatement("SELECT count(*) FROM posting WHERE account_id = ?")) {
            statement.setString(1, accountId);
            ResultSet row = statement.executeQuery();
            row.next();
            return row.getLong(1);
        }
    }
}

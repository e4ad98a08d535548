package ai.mavster.credits.ledger;

import ai.mavster.credits.ledger.LedgerUnavailable.Reason;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The door to the ledger: every change to credits goes through {@link #submit}, every look at them through {@link #look}. */
@Singleton
public class Ledger {

    private final List<Lane<Pending<?>>> lanes = new ArrayList<>();
    private final List<Lane<PendingLook<?>>> readers = new ArrayList<>();
    private final AtomicInteger nextReader = new AtomicInteger();
    private final LedgerSettings settings;
    private final LedgerMetrics metrics;

    Ledger(BatchWriter writer, BatchReader reader, LedgerSettings settings, LedgerMetrics metrics) {
        this.settings = settings;
        this.metrics = metrics;
        for (int i = 0; i < settings.lanes(); i++) {
            Lane<Pending<?>> lane = new Lane<>(
                    "ledger-" + i,
                    settings.queue(),
                    settings.batch(),
                    batch -> byAccounts(batch).forEach(writer::write));
            lanes.add(lane);
            metrics.watch(Integer.toString(i), lane::waiting);
        }
        for (int i = 0; i < settings.readers(); i++) {
            readers.add(new Lane<>("ledger-reader-" + i, settings.queue(), settings.batch(), reader::read));
        }
    }

    /**
     * Has a command decided and, if it is accepted, written: the outcome comes after the commit. Never blocks.
     *
     * @return the outcome; or, exceptionally, {@link LedgerUnavailable}
     */
    public <A> CompletionStage<Outcome<A>> submit(Command<A> command) {
        long now = System.nanoTime();
        Pending<A> pending =
                new Pending<>(command, now, now + settings.answerWithin().toNanos());
        Lane<Pending<?>> lane = lanes.get(Math.floorMod(command.accountId().hashCode(), lanes.size()));
        if (!lane.offer(pending)) {
            metrics.overloaded();
            pending.fail(new LedgerUnavailable(Reason.OVERLOADED, null));
        }
        return pending.future();
    }

    /**
     * Answers a question from an account's books, all of it as of one moment after this call, without locking or writing anything. Never
     * blocks. The question runs on the ledger's thread and must only look.
     *
     * @return the answer, refused where there is no such account; or, exceptionally, {@link LedgerUnavailable}
     */
    public <A> CompletionStage<Outcome<A>> look(String accountId, Function<Books, A> question) {
        PendingLook<A> pending = new PendingLook<>(
                accountId, question, System.nanoTime() + settings.answerWithin().toNanos());
        int lane = Math.floorMod(nextReader.getAndIncrement(), readers.size());
        if (!readers.get(lane).offer(pending)) {
            pending.fail(new LedgerUnavailable(Reason.OVERLOADED, null));
        }
        return pending.future();
    }

    /** Gives accounts their balance rows, within the caller's transaction; those that have one keep it. */
    public void open(Connection connection, List<String> accountIds) throws SQLException {
        open(connection, accountIds, null);
    }

    /**
     * The same for one account, which may have a clock of its own.
     *
     * @param testClock where that stands; null: it has none
     */
    public void open(Connection connection, String accountId, @Nullable Instant testClock) throws SQLException {
        open(connection, List.of(accountId), testClock);
    }

    private static void open(Connection connection, List<String> accountIds, @Nullable Instant testClock)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                INSERT INTO account_balance (account_id, seq, balance, held, hash, test_clock) VALUES (?, 0, 0, 0, ?, ?)
                ON CONFLICT (account_id) DO NOTHING""")) {
            for (String accountId : accountIds) {
                statement.setString(1, accountId);
                statement.setBytes(2, HashChain.genesis());
                statement.setObject(3, testClock == null ? null : testClock.atOffset(ZoneOffset.UTC));
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    /** Cuts a batch where it covers more accounts than one transaction may; the commands of an account stay together and in order. */
    private List<List<Pending<?>>> byAccounts(List<Pending<?>> batch) {
        Map<String, List<Pending<?>>> accounts = new LinkedHashMap<>();
        for (Pending<?> pending : batch) {
            accounts.computeIfAbsent(pending.command().accountId(), id -> new ArrayList<>())
                    .add(pending);
        }
        if (accounts.size() <= settings.accountsPerTransaction()) {
            return List.of(batch);
        }
        List<List<Pending<?>>> transactions = new ArrayList<>();
        int covered = 0;
        for (List<Pending<?>> ofOneAccount : accounts.values()) {
            if (covered++ % settings.accountsPerTransaction() == 0) {
                transactions.add(new ArrayList<>());
            }
            transactions.get(transactions.size() - 1).addAll(ofOneAccount);
        }
        return transactions;
    }

    /** Commands that were taken are carried out before the service stops. */
    void stop(@Observes @Priority(1) ShutdownEvent event) {
        lanes.forEach(Lane::close);
        readers.forEach(Lane::close);
    }
}

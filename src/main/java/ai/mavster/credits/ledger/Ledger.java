package ai.mavster.credits.ledger;

import ai.mavster.credits.Credits;
import ai.mavster.credits.Refusal;
import ai.mavster.credits.ledger.LedgerUnavailable.Reason;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The door to the ledger: every change to credits goes through {@link #submit}. */
@Singleton
public class Ledger {

    private final List<Lane<Pending<?>>> lanes = new ArrayList<>();
    private final BatchTransaction transaction;
    private final LedgerSettings settings;

    Ledger(BatchWriter writer, BatchTransaction transaction, LedgerSettings settings) {
        this.transaction = transaction;
        this.settings = settings;
        for (int i = 0; i < settings.lanes(); i++) {
            lanes.add(new Lane<>(
                    "ledger-" + i,
                    settings.queue(),
                    settings.batch(),
                    batch -> byAccounts(batch).forEach(writer::write)));
        }
    }

    /**
     * Has a command decided and, if it is accepted, written: the outcome comes after the commit. Never blocks.
     *
     * @return the outcome; or, exceptionally, {@link LedgerUnavailable}
     */
    public <A> CompletionStage<Outcome<A>> submit(Command<A> command) {
        Pending<A> pending = new Pending<>(
                command, System.nanoTime() + settings.answerWithin().toNanos());
        Lane<Pending<?>> lane = lanes.get(Math.floorMod(command.accountId().hashCode(), lanes.size()));
        if (!lane.offer(pending)) {
            pending.fail(new LedgerUnavailable(Reason.OVERLOADED, null));
        }
        return pending.future();
    }

    /**
     * What a command would come to now, by the same decision, in one consistent snapshot, without locking or writing anything. Blocks.
     */
    public <A> Outcome<A> preview(Command<A> command) {
        return preview(command.accountId()).decide(command);
    }

    private Batch preview(String accountId) {
        try {
            return transaction.preview(Set.of(accountId));
        } catch (SQLException e) {
            throw SqlStates.isTransient(e)
                    ? new LedgerUnavailable(Reason.DATABASE_UNREACHABLE, e)
                    : new IllegalStateException(e);
        }
    }

    /**
     * Whether a debit would be accepted now.
     *
     * @param available what the account has available before it
     * @param refusal why it would not; null: it would
     */
    public record Check(Credits available, @Nullable Refusal refusal) {}

    /** The decision of a debit without its effect, in one consistent snapshot; refused where there is no such account. Blocks. */
    public Outcome<Check> check(Command.Debit debit) {
        Batch batch = preview(debit.accountId());
        return batch.decide(new Command.Settle(debit.accountId()))
                .fold(
                        (account, replayed) -> {
                            Credits available = account.available();
                            return Outcome.accepted(new Check(
                                    available, batch.decide(debit).fold((posting, again) -> null, refusal -> refusal)));
                        },
                        Outcome::refused);
    }

    /** The account as of now: what has expired is already taken out. Blocks. */
    public Outcome<AccountState> view(String accountId) {
        return preview(new Command.Settle(accountId));
    }

    /** Gives an account its balance row, within the caller's transaction; does nothing if it has one. */
    public void open(Connection connection, String accountId) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                INSERT INTO account_balance (account_id, seq, balance, held, hash) VALUES (?, 0, 0, 0, ?)
                ON CONFLICT (account_id) DO NOTHING""")) {
            statement.setString(1, accountId);
            statement.setBytes(2, HashChain.genesis());
            statement.executeUpdate();
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
    }
}

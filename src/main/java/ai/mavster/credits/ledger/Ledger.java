package ai.mavster.credits.ledger;

import ai.mavster.credits.Outcome;
import ai.mavster.credits.Unavailable;
import ai.mavster.credits.ledger.BatchTransaction.Locking;
import ai.mavster.credits.ledger.lane.BatchReader;
import ai.mavster.credits.ledger.lane.BatchWriter;
import ai.mavster.credits.ledger.lane.Lane;
import ai.mavster.credits.ledger.lane.LedgerMetrics;
import ai.mavster.credits.ledger.lane.LedgerSettings;
import ai.mavster.credits.ledger.lane.Pending;
import ai.mavster.credits.ledger.lane.PendingRead;
import ai.mavster.credits.ledger.lane.SetAside;
import ai.mavster.credits.trace.Traces;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.Startup;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * The door to the ledger: every change to credits goes through {@link #submit}, every reading of them through
 * {@link #read}.
 */
@Singleton
@Startup
public class Ledger {

    private final List<Lane<Pending<?>>> lanes = new ArrayList<>();
    private final SetAside aside;
    private final List<Lane<PendingRead<?>>> readers = new ArrayList<>();
    private final AtomicInteger nextReader = new AtomicInteger();
    private final LedgerSettings settings;
    private final LedgerMetrics metrics;
    private final Traces traces;

    Ledger(BatchWriter writer, BatchReader reader, LedgerSettings settings, LedgerMetrics metrics, Traces traces) {
        this.settings = settings;
        this.metrics = metrics;
        this.traces = traces;
        aside = new SetAside(
                settings.waiters(),
                settings.queue(),
                settings.batch(),
                settings.accountsPerTransaction(),
                writer::write);
        metrics.watch("aside", aside::waiting);
        for (int i = 0; i < settings.lanes(); i++) {
            Lane<Pending<?>> lane = new Lane<>(
                    "ledger-" + i,
                    settings.queue(),
                    Pending::isLate,
                    settings.batch(),
                    batch -> byAccounts(aside.pass(batch)).forEach(part -> aside.add(writer.write(part, Locking.SKIP))),
                    Pending::fail);
            lanes.add(lane);
            metrics.watch(Integer.toString(i), lane::waiting);
        }
        for (int i = 0; i < settings.readers(); i++) {
            readers.add(new Lane<>(
                    "ledger-reader-" + i,
                    settings.queue(),
                    PendingRead::isLate,
                    settings.batch(),
                    reader::read,
                    PendingRead::fail));
        }
    }

    /**
     * Has a command decided and, if it is accepted, written: the outcome comes after the commit. Never blocks.
     *
     * @return the outcome; or, exceptionally, {@link Unavailable}
     */
    public <A> CompletionStage<Outcome<A>> submit(Command<A> command) {
        long now = System.nanoTime();
        Pending<A> pending =
                new Pending<>(command, now, now + settings.answerWithin().toNanos(), traces.current());
        Lane<Pending<?>> lane = lanes.get(Math.floorMod(command.accountId().hashCode(), lanes.size()));
        if (!lane.offer(pending)) {
            metrics.overloaded();
            pending.turnAway();
        }
        return pending.future();
    }

    /**
     * Answers a question about an account, all of it as of one moment after this call, without locking or writing
     * anything. Never blocks. The question runs on the ledger's thread and must only read.
     *
     * @return the answer, refused where there is no such account; or, exceptionally, {@link Unavailable}
     */
    public <A> CompletionStage<Outcome<A>> read(String accountId, Function<AccountView, A> question) {
        return read(accountId, List.of(), question);
    }

    /**
     * The same of an account with all that these commands would be decided by, such as the holds of their runs. None of
     * them is carried out.
     */
    public <A> CompletionStage<Outcome<A>> read(
            String accountId, List<Command<?>> about, Function<AccountView, A> question) {
        long now = System.nanoTime();
        PendingRead<A> pending = new PendingRead<>(
                accountId, about, question, now, now + settings.answerWithin().toNanos(), traces.current());
        int lane = Math.floorMod(nextReader.getAndIncrement(), readers.size());
        if (!readers.get(lane).offer(pending)) {
            pending.fail(new Unavailable(Unavailable.Reason.OVERLOADED, null));
        }
        return pending.future();
    }

    /**
     * Cuts a batch where it covers more accounts than one transaction may; the commands of an account stay together and
     * in order.
     */
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
        aside.close();
        readers.forEach(Lane::close);
    }
}

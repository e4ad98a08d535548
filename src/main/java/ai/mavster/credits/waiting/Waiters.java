package ai.mavster.credits.waiting;

import ai.mavster.credits.Unavailable;
import ai.mavster.credits.ledger.Ledger;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Callers who wait for something of an account. It is read when they come, when there is a {@link WakeUp}, every
 * few seconds in case that one got lost or that time does it, and when their time is over.
 */
@Singleton
public class Waiters {

    /** Between two readings of one account: callers who wait for a busy one must not keep it busier. */
    private static final Duration DISTANCE = Duration.ofMillis(20);

    /** So many accounts are read at once where it is all of them. */
    private static final int PAGE = 500;

    private final Ledger ledger;
    private final WaitingMetrics metrics;
    private final Places places;
    private final Map<String, WaitedAccount> accounts = new ConcurrentHashMap<>();
    private final AtomicBoolean lookingAtAll = new AtomicBoolean();
    private final ScheduledThreadPoolExecutor timer;
    private volatile boolean stopping;

    Waiters(
            Ledger ledger,
            WaitingMetrics metrics,
            @ConfigProperty(name = "credits.waiters", defaultValue = "20000") int most) {
        this.ledger = ledger;
        this.metrics = metrics;
        this.places = new Places(most);
        timer = new ScheduledThreadPoolExecutor(1, work -> {
            Thread thread = new Thread(work, "waiting-timer");
            thread.setDaemon(true);
            return thread;
        });
        timer.setRemoveOnCancelPolicy(true);
        metrics.watch(places::taken);
    }

    /**
     * Waits until a question is met, but no longer than so long. Never blocks. Who completes the answer in another way
     * waits no more.
     *
     * @param caller of whom no more than half of all may wait
     * @return the answer, also where the time was over; or, exceptionally, {@link Unavailable} as overloaded where as
     *     many wait as may, and what a reading ends with
     */
    public <A> CompletableFuture<A> await(String accountId, Question<A> question, Duration atMost, String caller) {
        Waiter<A> waiter = new Waiter<>(question);
        if (!places.take(caller)) {
            waiter.answer().completeExceptionally(new Unavailable(Unavailable.Reason.OVERLOADED, null));
            return waiter.answer();
        }
        WaitedAccount account = accounts.compute(
                accountId, (id, known) -> (known == null ? new WaitedAccount(id) : known).with(waiter));
        Future<?> end = atEnd(account, waiter, atMost);
        var unused = waiter.answer().whenComplete((answer, failure) -> {
            end.cancel(false);
            accounts.computeIfPresent(accountId, (id, known) -> known.isLeftBy(waiter) ? null : known);
            places.giveBack(caller);
        });
        look(account);
        return waiter.answer();
    }

    private Future<?> atEnd(WaitedAccount account, Waiter<?> waiter, Duration atMost) {
        if (stopping || atMost.isZero()) {
            waiter.end();
            return CompletableFuture.completedFuture(null);
        }
        return timer.schedule(
                () -> {
                    waiter.end();
                    look(account);
                },
                atMost.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    void wake(@Observes WakeUp wakeUp) {
        if (accounts.isEmpty()) {
            return;
        }
        if (wakeUp.accountIds() == null) {
            lookAtAll();
        } else {
            for (String accountId : wakeUp.accountIds()) {
                WaitedAccount account = accounts.get(accountId);
                if (account != null) {
                    look(account);
                }
            }
        }
    }

    /** Unless it is being done: then those it has not come to yet are seen as they are by now. */
    @Scheduled(every = "{credits.waiting.poll-every}")
    void lookAtAll() {
        if (lookingAtAll.compareAndSet(false, true)) {
            var unused = lookAt(new ArrayList<>(accounts.values()).iterator())
                    .whenComplete((done, failure) -> lookingAtAll.set(false));
        }
    }

    private CompletableFuture<Void> lookAt(Iterator<WaitedAccount> rest) {
        List<CompletableFuture<Void>> page = new ArrayList<>();
        while (rest.hasNext() && page.size() < PAGE) {
            page.add(looked(rest.next()));
        }
        CompletableFuture<Void> seen = CompletableFuture.allOf(page.toArray(CompletableFuture[]::new));
        return rest.hasNext() ? seen.thenCompose(done -> lookAt(rest)) : seen;
    }

    private void look(WaitedAccount account) {
        var unused = looked(account);
    }

    /** Complete once a look is made, or at once where there is none to be made. */
    private CompletableFuture<Void> looked(WaitedAccount account) {
        List<Waiter<?>> waiters = account.begin();
        if (waiters.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        Look look = new Look(waiters);
        CompletableFuture<Void> made = new CompletableFuture<>();
        ledger.read(account.accountId(), look.about(), look::at).whenComplete((outcome, failure) -> {
            look.end(outcome, failure instanceof CompletionException wrapped ? wrapped.getCause() : failure);
            metrics.looked();
            rest(account);
            made.complete(null);
        });
        return made;
    }

    private void rest(WaitedAccount account) {
        if (timer.isShutdown()) {
            return;
        }
        var unused = timer.schedule(
                () -> {
                    if (account.rested()) {
                        look(account);
                    }
                },
                DISTANCE.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    /** The service is about to stop: who waits is answered as things are, and who comes is not kept waiting. */
    public void answerAll() {
        stopping = true;
        Collection<WaitedAccount> all = new ArrayList<>(accounts.values());
        all.forEach(account -> account.waiters().forEach(Waiter::end));
        var unused = lookAt(all.iterator());
    }

    void stop(@Observes ShutdownEvent stopped) {
        stopping = true;
        timer.shutdownNow();
        Unavailable unavailable = new Unavailable(Unavailable.Reason.OVERLOADED, null);
        accounts.values()
                .forEach(account ->
                        account.waiters().forEach(waiter -> waiter.answer().completeExceptionally(unavailable)));
    }
}

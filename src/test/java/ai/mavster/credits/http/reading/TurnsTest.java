package ai.mavster.credits.http.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.mavster.credits.Unavailable;
import ai.mavster.credits.embedded.Eventually;
import ai.mavster.credits.http.reading.Shares.Reader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TurnsTest {

    private static final Duration AT_ONCE = Duration.ZERO;
    private static final Duration PATIENT = Duration.ofMinutes(1);

    private final Turns turns = new Turns(4);
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void noCallerTakesMoreThanHalf() {
        turns.take(new Reader("greedy", "a"), AT_ONCE);
        turns.take(new Reader("greedy", "b"), AT_ONCE);
        refused(new Reader("greedy", "c"));

        turns.take(new Reader("other", "c"), AT_ONCE);
        turns.take(new Reader("third", "d"), AT_ONCE);
        refused(new Reader("fourth", "e"));
    }

    @Test
    void noAccountTakesMoreThanHalf() {
        turns.take(new Reader("one", "a"), AT_ONCE);
        turns.take(new Reader("two", "a"), AT_ONCE);
        refused(new Reader("three", "a"));
        turns.take(new Reader("three", "b"), AT_ONCE);
    }

    @Test
    void whoWaitsIsNextWhenAnotherEnds() throws Exception {
        Turns.Turn first = turns.take(new Reader("one", "a"), AT_ONCE);
        turns.take(new Reader("one", "a"), AT_ONCE);
        CompletableFuture<Turns.Turn> next =
                CompletableFuture.supplyAsync(() -> turns.take(new Reader("one", "a"), PATIENT), threads);

        first.end();

        next.get(20, TimeUnit.SECONDS).end();
        turns.take(new Reader("one", "a"), AT_ONCE).end();
    }

    /** Eight of one caller: two read, six wait, the rest are told at once, however patient. */
    @Test
    void beyondThoseWhoWaitNobodyIsKept() throws Exception {
        Reader reader = new Reader("one", "a");
        List<CompletableFuture<Turns.Turn>> all = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            all.add(CompletableFuture.supplyAsync(() -> turns.take(reader, PATIENT), threads));
        }
        Eventually.holds(
                PATIENT,
                () -> all.stream().filter(CompletableFuture::isDone).count() == 14,
                () -> "2 read and 12 are turned away");
        assertThat(all.stream().filter(CompletableFuture::isCompletedExceptionally))
                .hasSize(12);

        for (int ended = 0; ended < 8; ended++) {
            Turns.Turn turn = (Turns.Turn) CompletableFuture.anyOf(running(all)).get(20, TimeUnit.SECONDS);
            all.removeIf(one -> one.isDone() && !one.isCompletedExceptionally() && one.join() == turn);
            turn.end();
        }
        turns.take(reader, AT_ONCE).end();
    }

    /** However often: it is not counted among those who wait. */
    @Test
    void whoGaveUpTakesNobodysPlace() throws Exception {
        Reader reader = new Reader("one", "a");
        Turns.Turn first = turns.take(reader, AT_ONCE);
        turns.take(reader, AT_ONCE);
        for (int i = 0; i < 20; i++) {
            refused(reader);
        }
        FutureTask<Turns.Turn> next = new FutureTask<>(() -> turns.take(reader, PATIENT));
        Thread waiting = new Thread(next);
        waiting.start();
        Eventually.holds(
                PATIENT,
                () -> next.isDone() || waiting.getState() == Thread.State.TIMED_WAITING,
                () -> "it waits, or is turned away");

        first.end();

        next.get(20, TimeUnit.SECONDS).end();
    }

    private static CompletableFuture<?>[] running(List<CompletableFuture<Turns.Turn>> all) {
        return all.stream().filter(one -> !one.isCompletedExceptionally()).toArray(CompletableFuture[]::new);
    }

    /** It was let in as a stream: what others of its caller ask does not break it off. */
    @Test
    void aStreamIsNeverTurnedAwayForThoseWhoWait() throws Exception {
        Reader reader = new Reader("one", "a");
        Turns.Turn first = turns.take(reader, AT_ONCE);
        Turns.Turn second = turns.take(reader, AT_ONCE);
        CompletableFuture<Turns.Turn> page =
                CompletableFuture.supplyAsync(() -> turns.takeForStream(reader, PATIENT), threads);

        first.end();

        page.get(20, TimeUnit.SECONDS).end();
        second.end();
    }

    private void refused(Reader reader) {
        assertThatThrownBy(() -> turns.take(reader, AT_ONCE))
                .isInstanceOfSatisfying(
                        Unavailable.class, e -> assertThat(e.reason()).isEqualTo(Unavailable.Reason.OVERLOADED));
    }
}

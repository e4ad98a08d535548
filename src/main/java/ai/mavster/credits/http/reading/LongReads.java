package ai.mavster.credits.http.reading;

import ai.mavster.credits.Unavailable;
import ai.mavster.credits.http.Caller;
import ai.mavster.credits.http.reading.Shares.Reader;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The way to answers that search, add up or prove an account, and so take longer the more there is of it. A few are
 * worked on at once; a few more wait for their turn; beyond them, or when the turn does not come, a request is answered
 * as overloaded.
 */
@Singleton
public class LongReads {

    /** What is read where it is about all accounts: together they get no more than one account does. */
    public static final String ALL_ACCOUNTS = "*";

    /** How often {@link StillWanted#check} looks: a row takes microseconds. */
    private static final int ROWS = 1_000;

    private final Caller caller;
    private final RoutingContext current;
    private final ReadingSettings settings;
    private final Turns turns;
    private final ScheduledThreadPoolExecutor deadlines;

    LongReads(Caller caller, RoutingContext current, ReadingSettings settings) {
        this.caller = caller;
        this.current = current;
        this.settings = settings;
        this.turns = new Turns(settings.atOnce());
        this.deadlines = new ScheduledThreadPoolExecutor(1, work -> new Thread(work, "reading-deadlines"));
        this.deadlines.setRemoveOnCancelPolicy(true);
    }

    @PreDestroy
    void stop() {
        deadlines.shutdownNow();
    }

    /** What is read. */
    public interface Work<A, E extends Exception> {
        A read() throws E;
    }

    /** What is read row by row, and given up between two of them when nobody waits for it any more. */
    public interface LongWork<A, E extends Exception> {
        A read(StillWanted wanted) throws E;
    }

    /** Whether to read on. For one thread. */
    public static final class StillWanted {

        private final HttpServerResponse response;
        private final AtomicBoolean late = new AtomicBoolean();
        private int rows;

        private StillWanted(HttpServerResponse response) {
            this.response = response;
        }

        /**
         * To be called for each row.
         *
         * @throws Unavailable if the time is over or the caller has hung up
         */
        public void check() {
            if (++rows % ROWS == 0) {
                checkNow();
            }
        }

        /**
         * The same where it is called rarely: for each part of many rows.
         *
         * @throws Unavailable likewise
         */
        public void checkNow() {
            if (late.get() || response.closed()) {
                throw new Unavailable(Unavailable.Reason.OVERLOADED, null);
            }
        }
    }

    /** Reads for the current request, whose thread may wait. */
    public <A, E extends Exception> A answer(String accountId, Work<A, E> work) throws E {
        return answer(caller.name(), accountId, work);
    }

    /** The same for who is known otherwise than by a key. */
    public <A, E extends Exception> A answer(String callerName, String accountId, Work<A, E> work) throws E {
        Turns.Turn turn = turns.take(new Reader(callerName, accountId), settings.turnWithin());
        try {
            return work.read();
        } finally {
            turn.end();
        }
    }

    /** The same where reading may take minutes: to an end that is set, and while the caller is there. */
    public <A, E extends Exception> A longAnswer(String accountId, LongWork<A, E> work) throws E {
        StillWanted wanted = new StillWanted(current.response());
        return answer(accountId, () -> {
            Future<?> end = after(settings.longAnswerWithin(), () -> wanted.late.set(true));
            try {
                return work.read(wanted);
            } finally {
                end.cancel(false);
            }
        });
    }

    Reader reader(String accountId) {
        return new Reader(caller.name(), accountId);
    }

    Turns.Turn turnOfStream(Reader reader) {
        return turns.takeForStream(reader, settings.streamWithin());
    }

    /** To be cancelled when it is not needed. */
    Future<?> after(Duration time, Runnable task) {
        return deadlines.schedule(task, time.toMillis(), TimeUnit.MILLISECONDS);
    }
}

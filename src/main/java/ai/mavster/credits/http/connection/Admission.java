package ai.mavster.credits.http.connection;

import com.github.benmanes.caffeine.cache.Ticker;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * How many requests may be under way at once, and the queue of those that have to wait until another has ended. On
 * HTTP/1.1 one that waits is not parsed: it takes up the bytes that came and nothing else, so thousands cost hardly
 * anything, where each that is turned away, and comes again at once, costs as much as a small answer.
 */
@Singleton
public class Admission {

    private static final long EXPIRE_EVERY_MILLIS = 25;

    /** Less than a connection may be idle: one that is not read is. */
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private final int most;
    private final long withinNanos;
    private final Ticker ticker;
    private final AtomicInteger taken = new AtomicInteger();
    private final AtomicInteger parsed = new AtomicInteger();
    private final Queue<Entry> queue = new ArrayDeque<>();
    private volatile int waiting;

    @Inject
    Admission(
            Vertx vertx,
            MeterRegistry registry,
            @ConfigProperty(name = "credits.requests", defaultValue = "1500") int most,
            @ConfigProperty(name = "credits.requests.admitted-within") Duration within) {
        this(most, within, Ticker.systemTicker());
        Gauge.builder("requests.under.way", taken, AtomicInteger::get)
                .description("Requests that are under way.")
                .register(registry);
        Gauge.builder("requests.waiting", this, Admission::waiting)
                .description("Requests that wait for others to end.")
                .register(registry);
        if (withinNanos > 0) {
            vertx.setPeriodic(EXPIRE_EVERY_MILLIS, timer -> expire());
        }
    }

    /**
     * @param most how many may be under way at once
     * @param within how long another one waits for that at most
     */
    Admission(int most, Duration within, Ticker ticker) {
        if (within.isNegative() || within.compareTo(LONGEST) > 0) {
            throw new IllegalStateException(
                    "CREDITS_REQUESTS_ADMITTED_WITHIN must be from 0S to " + LONGEST.toSeconds() + "S.");
        }
        this.most = most;
        this.withinNanos = within.toNanos();
        this.ticker = ticker;
    }

    /** A request that waits, or a connection whose next one does. */
    public interface Waiting {

        /** It need not wait any more; on whatever thread. If it has a place, it has to be given back. */
        void goOn(boolean hasPlace);
    }

    private record Entry(Waiting who, long untilNanos) {}

    /** A request is under way from now on, until {@link #leave}; false if there is no place for it yet. */
    public boolean enter(RoutingContext request) {
        return enter(Connection.of(request));
    }

    boolean enter(@Nullable Connection connection) {
        return (connection != null && connection.takePlace()) || takeAtOnce();
    }

    /** A request is not under way any more. */
    public void leave() {
        taken.decrementAndGet();
        if (waiting > 0) {
            admit();
        }
    }

    int waiting() {
        return waiting;
    }

    /** A place for a request that is just beginning, unless it has to wait for its turn. */
    boolean takeAtOnce() {
        return waiting == 0 && take();
    }

    /**
     * Has a request wait that could not enter. It has been parsed already, so no more of them wait than may be under way;
     * false if it may not, or has waited before it was parsed.
     */
    public boolean letsWait(RoutingContext request, Waiting who) {
        return letsWait(Connection.of(request), who);
    }

    boolean letsWait(@Nullable Connection connection, Waiting who) {
        if (connection != null && connection.takeLate()) {
            return false;
        }
        if (parsed.incrementAndGet() > most) {
            parsed.decrementAndGet();
            return false;
        }
        boolean waits = letsWait(hasPlace -> {
            parsed.decrementAndGet();
            who.goOn(hasPlace);
        });
        if (!waits) {
            parsed.decrementAndGet();
        }
        return waits;
    }

    /** Has one wait for which there is no place; false if nobody may. */
    boolean letsWait(Waiting who) {
        if (withinNanos <= 0) {
            return false;
        }
        synchronized (queue) {
            queue.add(new Entry(who, ticker.read() + withinNanos));
            waiting = queue.size();
        }
        // The last one under way may have ended in between, when nobody waited.
        admit();
        return true;
    }

    private boolean take() {
        for (int now = taken.get(); now < most; now = taken.get()) {
            if (taken.compareAndSet(now, now + 1)) {
                return true;
            }
        }
        return false;
    }

    private void admit() {
        for (Entry next = next(); next != null; next = next()) {
            next.who.goOn(true);
        }
    }

    private @Nullable Entry next() {
        synchronized (queue) {
            if (queue.isEmpty() || !take()) {
                return null;
            }
            Entry next = queue.remove();
            waiting = queue.size();
            return next;
        }
    }

    /** Those who have waited for too long go on without a place. */
    void expire() {
        long now = ticker.read();
        List<Entry> late = new ArrayList<>();
        synchronized (queue) {
            for (Entry first = queue.peek(); first != null && first.untilNanos - now <= 0; first = queue.peek()) {
                late.add(queue.remove());
            }
            waiting = queue.size();
        }
        late.forEach(entry -> entry.who.goOn(false));
    }
}

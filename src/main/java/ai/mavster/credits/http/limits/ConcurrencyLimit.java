package ai.mavster.credits.http.limits;

import ai.mavster.credits.http.Operations;
import ai.mavster.credits.http.Problems;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * Bounds how many requests are under way at once, those that wait for their turn included. Any further one gets a 503 at
 * once, before anything of it is read or done, instead of a place in a queue that only ever gets longer. Health, metrics
 * and the contract are let through, and a {@linkplain LongPolls long poll} leaves once it begins to wait.
 */
@Singleton
class ConcurrencyLimit {

    /** Before all else. */
    private static final int PRIORITY = 1_000;

    private final ProblemWriter problems;
    private final TurnedAway turnedAway;
    private final int most;
    private final AtomicInteger underWay = new AtomicInteger();

    ConcurrencyLimit(
            ProblemWriter problems,
            TurnedAway turnedAway,
            @ConfigProperty(name = "credits.requests", defaultValue = "5000") int most) {
        this.problems = problems;
        this.turnedAway = turnedAway;
        this.most = most;
    }

    void register(@Observes Filters filters) {
        filters.register(this::enter, PRIORITY);
    }

    private void enter(RoutingContext context) {
        if (Operations.areMeantBy(context)) {
            context.next();
        } else if (underWay.incrementAndGet() > most) {
            underWay.decrementAndGet();
            turnedAway.count(TurnedAway.Reason.REQUESTS);
            problems.end(context, Problems.overloaded());
            Remainder.discard(context);
        } else {
            Place place = new Place(underWay);
            context.put(Place.NAME, place);
            // Also when the caller hangs up.
            context.addEndHandler(ended -> {
                place.leave();
                Remainder.discard(context);
            });
            context.next();
        }
    }

    /** One request's place among those that are under way; it leaves it once. */
    static final class Place {

        private static final String NAME = Place.class.getName();

        private final AtomicInteger underWay;
        private final AtomicBoolean left = new AtomicBoolean();

        private Place(AtomicInteger underWay) {
            this.underWay = underWay;
        }

        static @Nullable Place of(RoutingContext context) {
            return context.get(NAME);
        }

        void leave() {
            if (left.compareAndSet(false, true)) {
                underWay.decrementAndGet();
            }
        }
    }
}

package ai.mavster.credits.http.limits;

import ai.mavster.credits.http.Operations;
import ai.mavster.credits.http.Problems;
import ai.mavster.credits.http.connection.Admission;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Context;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Bounds how many requests are under way at once, by their {@link Admission}: one that has waited for it in vain gets a
 * 503, before anything of it is done, instead of a place in a queue that only ever gets longer. Health, metrics and the
 * contract are let through, and a {@linkplain LongPolls long poll} leaves once it begins to wait.
 */
@Singleton
class ConcurrencyLimit {

    /** Before all else. */
    private static final int PRIORITY = 1_000;

    private final ProblemWriter problems;
    private final TurnedAway turnedAway;
    private final Admission admission;

    ConcurrencyLimit(ProblemWriter problems, TurnedAway turnedAway, Admission admission) {
        this.problems = problems;
        this.turnedAway = turnedAway;
        this.admission = admission;
    }

    void register(@Observes Filters filters) {
        filters.register(this::enter, PRIORITY);
    }

    private void enter(RoutingContext context) {
        if (Operations.areMeantBy(context)) {
            context.next();
        } else if (admission.enter(context)) {
            begin(context);
        } else if (!waits(context)) {
            turnAway(context);
        }
    }

    /** For what could not be held back unread: each of the requests of HTTP/2, and those whose head came in parts. */
    private boolean waits(RoutingContext context) {
        Context eventLoop = context.vertx().getOrCreateContext();
        return admission.letsWait(
                context,
                hasPlace -> eventLoop.runOnContext(turn -> {
                    if (context.response().closed()) {
                        if (hasPlace) {
                            admission.leave();
                        }
                    } else if (hasPlace) {
                        begin(context);
                    } else {
                        turnAway(context);
                    }
                }));
    }

    private void begin(RoutingContext context) {
        Place place = new Place(admission);
        context.put(Place.NAME, place);
        // Also when the caller hangs up.
        context.addEndHandler(ended -> {
            place.leave();
            Remainder.discard(context);
        });
        context.next();
    }

    private void turnAway(RoutingContext context) {
        turnedAway.count(TurnedAway.Reason.REQUESTS);
        problems.end(context, Problems.overloaded());
        Remainder.discard(context);
    }

    /** One request's place among those that are under way; it leaves it once. */
    static final class Place {

        private static final String NAME = Place.class.getName();

        private final Admission admission;
        private final AtomicBoolean left = new AtomicBoolean();

        private Place(Admission admission) {
            this.admission = admission;
        }

        static @Nullable Place of(RoutingContext context) {
            return context.get(NAME);
        }

        void leave() {
            if (left.compareAndSet(false, true)) {
                admission.leave();
            }
        }
    }
}

package ai.mavster.credits.http.limits;

import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/** Requests that are answered once something happens in the world: they wait for that, and not for the service. */
@Singleton
public class LongPolls {

    private final RoutingContext current;

    LongPolls(RoutingContext current) {
        this.current = current;
    }

    /**
     * The current request waits for this answer from now on. It is not among those under way any more; and if its caller
     * hangs up the answer ends as failed, so that nobody goes on looking for it.
     *
     * @return the same answer
     */
    public <A> CompletableFuture<A> awaiting(CompletableFuture<A> answer) {
        leave(current);
        current.addEndHandler(ended -> {
            if (!answer.isDone()) {
                answer.completeExceptionally(new IOException("The caller has hung up"));
            }
        });
        return answer;
    }

    /** A request waits from now on, and is not among those under way any more. */
    public void leave(RoutingContext request) {
        ConcurrencyLimit.Place place = ConcurrencyLimit.Place.of(request);
        if (place != null) {
            place.leave();
        }
    }
}

package ai.mavster.credits.http.limits;

import io.quarkus.runtime.configuration.MemorySize;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Priorities;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.core.CurrentRequestManager;

/**
 * Reads the body of each request whole, without a thread, before its endpoint is given one. So a caller who sends a
 * byte at a time holds no worker, which other requests need.
 *
 * <p>It runs once the caller's key has been checked, so nobody fills the memory without one; what those with a key may
 * take together is bounded by a {@link BodyBudget}. A body that does not come {@code within} the time for it is a 408.
 */
@Singleton
class BodyReading {

    /** After the filters that read the request line and headers only, all of which run without a worker too. */
    private static final int PRIORITY = Priorities.USER + 1_000;

    private final IncomingBody.Limits limits;

    BodyReading(
            @ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize maxBodySize,
            @ConfigProperty(name = "credits.body.within", defaultValue = "20S") Duration within,
            @ConfigProperty(name = "credits.body.buffer", defaultValue = "32M") MemorySize buffer) {
        this.limits = new IncomingBody.Limits(
                maxBodySize.asLongValue(), within.toMillis(), new BodyBudget(buffer.asLongValue()));
    }

    @ServerRequestFilter(nonBlocking = true, priority = PRIORITY)
    public void read() {
        new IncomingBody(CurrentRequestManager.get(), limits).read();
    }
}

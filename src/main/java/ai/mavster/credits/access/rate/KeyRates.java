package ai.mavster.credits.access.rate;

import ai.mavster.credits.http.ProblemException;
import ai.mavster.credits.http.Problems;
import ai.mavster.credits.http.Scopes;
import ai.mavster.credits.http.limits.TurnedAway;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import io.quarkus.security.identity.SecurityIdentity;
import io.vertx.core.http.HttpServerResponse;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * How many requests may be made with each key. Test-runners' keys may have a rate of their own, since they ask before and
 * after each step where others ask now and then.
 */
@Singleton
public class KeyRates {

    /** What the policy is called in the headers. */
    private static final String NAME = "\"key\"";

    private final @Nullable Policy runners;
    private final @Nullable Policy others;
    private final TurnedAway turnedAway;

    @Inject
    KeyRates(
            @ConfigProperty(name = "credits.rate-limit") OptionalInt perSecond,
            @ConfigProperty(name = "credits.rate-limit.burst") OptionalInt burst,
            @ConfigProperty(name = "credits.rate-limit.runner") OptionalInt runnersPerSecond,
            @ConfigProperty(name = "credits.rate-limit.runner.burst") OptionalInt runnersBurst,
            TurnedAway turnedAway) {
        this(
                Rate.of("CREDITS_RATE_LIMIT_RUNNER", runnersPerSecond, runnersBurst),
                Rate.of("CREDITS_RATE_LIMIT", perSecond, burst),
                TimeMeter.SYSTEM_NANOTIME,
                turnedAway);
    }

    /** @param runners absent: as others */
    KeyRates(Optional<Rate> runners, Optional<Rate> others, TimeMeter time, TurnedAway turnedAway) {
        this.others = others.map(rate -> new Policy(rate, time)).orElse(null);
        this.runners = runners.map(rate -> new Policy(rate, time)).orElse(this.others);
        this.turnedAway = turnedAway;
    }

    private static final class Policy {

        private final Buckets buckets;
        private final String header;

        Policy(Rate rate, TimeMeter time) {
            this.buckets = new Buckets(rate, time);
            this.header = NAME + ";q=" + rate.burst() + ";w=" + rate.secondsToFill();
        }
    }

    /**
     * Counts a request, and says in its answer's headers how many more there may be.
     *
     * @throws ProblemException 429 if it is one too many
     */
    public void count(SecurityIdentity caller, HttpServerResponse answer) {
        Policy policy = caller.hasRole(Scopes.RUNNER) && !caller.hasRole(Scopes.ADMIN) ? runners : others;
        if (policy == null) {
            return;
        }
        ConsumptionProbe probe =
                policy.buckets.of(caller.getPrincipal().getName()).tryConsumeAndReturnRemaining(1);
        long seconds = Math.max(1, secondsUp(probe.getNanosToWaitForRefill()));
        answer.putHeader("RateLimit-Policy", policy.header);
        answer.putHeader("RateLimit", NAME + ";r=" + probe.getRemainingTokens() + ";t=" + seconds);
        if (!probe.isConsumed()) {
            turnedAway.count(TurnedAway.Reason.KEY_RATE);
            throw new ProblemException(Problems.rateLimited(seconds));
        }
    }

    private static long secondsUp(long nanos) {
        return TimeUnit.NANOSECONDS.toSeconds(nanos + TimeUnit.SECONDS.toNanos(1) - 1);
    }
}

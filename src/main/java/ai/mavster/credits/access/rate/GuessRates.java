package ai.mavster.credits.access.rate;

import ai.mavster.credits.http.ProblemException;
import ai.mavster.credits.http.Problems;
import ai.mavster.credits.http.connection.Network;
import ai.mavster.credits.http.limits.TurnedAway;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import io.vertx.core.net.SocketAddress;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.OptionalInt;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** How many requests may come from one address with keys that turn out not to be valid. */
@Singleton
public class GuessRates {

    private final @Nullable Buckets buckets;
    private final TurnedAway turnedAway;

    @Inject
    GuessRates(
            @ConfigProperty(name = "credits.rate-limit.unknown-keys") OptionalInt perSecond,
            @ConfigProperty(name = "credits.rate-limit.unknown-keys.burst") OptionalInt burst,
            TurnedAway turnedAway) {
        this(Rate.of("CREDITS_RATE_LIMIT_UNKNOWN_KEYS", perSecond, burst), TimeMeter.SYSTEM_NANOTIME, turnedAway);
    }

    GuessRates(Optional<Rate> rate, TimeMeter time, TurnedAway turnedAway) {
        this.buckets = rate.map(limit -> new Buckets(limit, time)).orElse(null);
        this.turnedAway = turnedAway;
    }

    /**
     * Counts a key that is not valid, or that has to be looked up.
     *
     * @throws ProblemException 429 if there have been too many from this address
     */
    public void count(@Nullable SocketAddress from) {
        Bucket bucket = bucket(from);
        if (bucket != null && !bucket.tryConsume(1)) {
            turnedAway.count(TurnedAway.Reason.UNKNOWN_KEYS);
            throw new ProblemException(Problems.rateLimited(1));
        }
    }

    /** What was looked up is a key: it does not count. */
    public void takeBack(@Nullable SocketAddress from) {
        Bucket bucket = bucket(from);
        if (bucket != null) {
            bucket.addTokens(1);
        }
    }

    private @Nullable Bucket bucket(@Nullable SocketAddress from) {
        String address = from == null ? null : from.hostAddress();
        return buckets == null || address == null ? null : buckets.of(Network.of(address));
    }
}

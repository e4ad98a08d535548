package ai.mavster.credits.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Remembers for some seconds which keys exist, and shorter which do not. What could not be looked up is not remembered. */
@Singleton
class KnownKeys {

    /** How long a key may still be used on other processes once it is revoked. */
    static final Duration GOOD_FOR = Duration.ofSeconds(5);

    static final Duration UNKNOWN_FOR = Duration.ofSeconds(1);

    private static final int MAX_KEYS = 10_000;

    private final Function<byte[], Optional<KnownKey>> source;
    private final Cache<ByteBuffer, Optional<KnownKey>> cache;

    @Inject
    KnownKeys(ApiKeyRepository repository) {
        // Not the service's clock: a wall clock set back would keep a revoked key alive.
        this(repository::lookUp, Ticker.systemTicker());
    }

    KnownKeys(Function<byte[], Optional<KnownKey>> source, Ticker ticker) {
        this.source = source;
        this.cache = Caffeine.newBuilder()
                .maximumSize(MAX_KEYS)
                .ticker(ticker)
                .expireAfter(Expiry.<ByteBuffer, Optional<KnownKey>>creating(
                        (hash, known) -> known.isPresent() ? GOOD_FOR : UNKNOWN_FOR))
                .build();
    }

    /** What is remembered of a key, or null if nothing is. Never waits. */
    @Nullable
    Optional<KnownKey> remembered(byte[] hash) {
        return cache.getIfPresent(ByteBuffer.wrap(hash));
    }

    /** What the database knows of a key; waits for it. Several callers at once share one look-up. */
    Optional<KnownKey> lookUp(byte[] hash) {
        return cache.get(ByteBuffer.wrap(hash), key -> source.apply(hash));
    }

    /** To be called once a revocation is committed: waits for a look-up under way, which may have read the key before. */
    void forget(byte[] hash) {
        cache.invalidate(ByteBuffer.wrap(hash));
    }
}

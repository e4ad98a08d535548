package ai.mavster.credits.access;

import ai.mavster.credits.Unavailable;
import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Remembers for some seconds which keys exist, and shorter which do not. What could not be looked up is not remembered.
 * Look-ups have threads of their own: what keeps all others busy keeps no caller from being known. So have those of keys
 * that were good lately: masses of keys that nobody has keep no caller from being known again.
 */
@Singleton
class KnownKeys {

    /** How long a key may still be used on other processes once it is revoked. */
    static final Duration GOOD_FOR = Duration.ofSeconds(5);

    static final Duration UNKNOWN_FOR = Duration.ofSeconds(1);

    /** Each takes a connection for some tenths of a millisecond. */
    private static final int THREADS = 4;

    /** How many look-ups, each of another key, may wait. */
    private static final int MAX_WAITING = 1_000;

    private static final int MAX_KEYS = 10_000;

    /** How long a key is known to have been good. It says nothing of whether it still is. */
    static final Duration WAS_GOOD_FOR = Duration.ofHours(1);

    private final Function<byte[], Optional<KnownKey>> source;
    private final AsyncCache<ByteBuffer, Optional<KnownKey>> cache;
    private final Cache<ByteBuffer, Boolean> wereGood;
    private final Executor executor;
    private final Executor forThoseWhoWereGood;

    @Inject
    KnownKeys(ApiKeyRepository repository) {
        // Not the service's clock: a wall clock set back would keep a revoked key alive.
        this(repository::lookUp, Ticker.systemTicker(), threads(), threads());
    }

    KnownKeys(Function<byte[], Optional<KnownKey>> source, Ticker ticker, Executor executor) {
        this(source, ticker, executor, executor);
    }

    KnownKeys(
            Function<byte[], Optional<KnownKey>> source,
            Ticker ticker,
            Executor executor,
            Executor forThoseWhoWereGood) {
        this.source = source;
        this.executor = executor;
        this.forThoseWhoWereGood = forThoseWhoWereGood;
        this.wereGood = Caffeine.newBuilder()
                .maximumSize(MAX_KEYS)
                .ticker(ticker)
                .expireAfterWrite(WAS_GOOD_FOR)
                .build();
        this.cache = Caffeine.newBuilder()
                .maximumSize(MAX_KEYS)
                .ticker(ticker)
                .expireAfter(Expiry.<ByteBuffer, Optional<KnownKey>>creating(
                        (hash, known) -> known.isPresent() ? GOOD_FOR : UNKNOWN_FOR))
                .buildAsync();
    }

    /** They end when they have nothing to do. */
    private static Executor threads() {
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                THREADS, THREADS, 10, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MAX_WAITING), KnownKeys::thread);
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "key-look-up");
        thread.setDaemon(true);
        return thread;
    }

    /** What is remembered of a key, or null if nothing is. Never waits. */
    @Nullable
    Optional<KnownKey> remembered(byte[] hash) {
        CompletableFuture<Optional<KnownKey>> known = cache.getIfPresent(ByteBuffer.wrap(hash));
        return known == null || known.isCompletedExceptionally() ? null : known.getNow(null);
    }

    /**
     * What the database knows of a key. Several callers at once share one look-up. Fails with {@link Unavailable} if
     * too many look-ups are waiting.
     */
    CompletableFuture<Optional<KnownKey>> lookUp(byte[] hash) {
        Executor whose = wasGood(hash) ? forThoseWhoWereGood : executor;
        try {
            return cache.get(
                            ByteBuffer.wrap(hash),
                            (key, unused) -> CompletableFuture.supplyAsync(() -> fromSource(hash), whose))
                    // A caller who goes away must not take the look-up from the others.
                    .copy();
        } catch (RejectedExecutionException full) {
            return CompletableFuture.failedFuture(new Unavailable(Unavailable.Reason.OVERLOADED, full));
        }
    }

    private Optional<KnownKey> fromSource(byte[] hash) {
        Optional<KnownKey> known = source.apply(hash);
        if (known.isPresent()) {
            wereGood.put(ByteBuffer.wrap(hash), true);
        } else {
            wereGood.invalidate(ByteBuffer.wrap(hash));
        }
        return known;
    }

    /** Whether it was a key when it was last looked up, within {@link #WAS_GOOD_FOR}. Never waits. */
    boolean wasGood(byte[] hash) {
        return wereGood.getIfPresent(ByteBuffer.wrap(hash)) != null;
    }

    /**
     * To be called once a revocation is committed. A look-up under way, which may have read the key before, answers
     * those who wait for it, and is not remembered.
     */
    void forget(byte[] hash) {
        cache.synchronous().invalidate(ByteBuffer.wrap(hash));
    }
}

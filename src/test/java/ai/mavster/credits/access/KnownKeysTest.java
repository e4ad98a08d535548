package ai.mavster.credits.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.mavster.credits.Author;
import ai.mavster.credits.Unavailable;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class KnownKeysTest {

    private static final byte[] HASH = KeyText.hash("mck_one");
    private static final KnownKey KEY = new KnownKey(
            new UUID(0, 1), new Author(Author.Type.API_KEY, "key_1", "runner"), Set.of("runner"), null, null);

    private final AtomicLong nanos = new AtomicLong();
    private final AtomicInteger lookUps = new AtomicInteger();

    @Test
    void aKeyIsRememberedForSeconds() {
        KnownKeys keys = counting(Optional.of(KEY));

        keys.lookUp(HASH).join();
        pass(KnownKeys.GOOD_FOR.minusNanos(1));
        assertThat(keys.remembered(HASH)).contains(KEY);
        keys.lookUp(HASH).join();
        assertThat(lookUps).hasValue(1);

        pass(Duration.ofNanos(1));
        assertThat(keys.remembered(HASH)).isNull();
        keys.lookUp(HASH).join();
        assertThat(lookUps).hasValue(2);
    }

    @Test
    void useDoesNotProlongIt() {
        KnownKeys keys = counting(Optional.of(KEY));

        keys.lookUp(HASH).join();
        pass(KnownKeys.GOOD_FOR.dividedBy(2));
        keys.lookUp(HASH).join();
        pass(KnownKeys.GOOD_FOR.dividedBy(2));

        assertThat(keys.remembered(HASH)).isNull();
    }

    @Test
    void anUnknownKeyIsForgottenSooner() {
        KnownKeys keys = counting(Optional.empty());

        keys.lookUp(HASH).join();
        assertThat(keys.remembered(HASH)).isEmpty().isNotNull();
        pass(KnownKeys.UNKNOWN_FOR);

        assertThat(keys.remembered(HASH)).isNull();
    }

    @Test
    void aFailedLookUpIsNotRemembered() {
        KnownKeys keys = new KnownKeys(
                hash -> {
                    if (lookUps.incrementAndGet() == 1) {
                        throw new IllegalStateException("no database");
                    }
                    return Optional.of(KEY);
                },
                nanos::get,
                Runnable::run);

        assertThatThrownBy(() -> keys.lookUp(HASH).join()).hasRootCauseMessage("no database");
        assertThat(keys.lookUp(HASH).join()).contains(KEY);
    }

    /** The look-up read the key before the revocation was committed; what it read must not outlive it. */
    @Test
    void forgettingCoversALookUpUnderWay() throws Exception {
        CountDownLatch hasRead = new CountDownLatch(1);
        CountDownLatch mayAnswer = new CountDownLatch(1);
        KnownKeys keys = new KnownKeys(
                hash -> {
                    hasRead.countDown();
                    await(mayAnswer);
                    return Optional.of(KEY);
                },
                nanos::get,
                ForkJoinPool.commonPool());
        CompletableFuture<?> lookUp = keys.lookUp(HASH);
        await(hasRead);
        keys.forget(HASH);
        mayAnswer.countDown();
        lookUp.get(10, TimeUnit.SECONDS);

        assertThat(keys.remembered(HASH)).isNull();
    }

    @Test
    void moreLookUpsThanMayWaitAreTooMany() {
        KnownKeys full = new KnownKeys(hash -> Optional.of(KEY), nanos::get, task -> {
            throw new RejectedExecutionException();
        });

        assertThatThrownBy(() -> full.lookUp(HASH).join())
                .hasCauseInstanceOf(Unavailable.class)
                .hasMessageContaining("OVERLOADED");
        assertThat(full.remembered(HASH)).isNull();
    }

    /** As when masses of keys that nobody has wait to be looked up. */
    @Test
    void aKeyThatWasGoodDoesNotWaitBehindOthers() {
        AtomicInteger waiting = new AtomicInteger();
        KnownKeys keys = new KnownKeys(
                hash -> Optional.of(KEY),
                nanos::get,
                task -> {
                    if (waiting.getAndIncrement() > 0) {
                        throw new RejectedExecutionException();
                    }
                    task.run();
                },
                Runnable::run);
        keys.lookUp(HASH).join();
        pass(KnownKeys.GOOD_FOR);

        assertThatThrownBy(() -> keys.lookUp(KeyText.hash("mck_other")).join()).hasCauseInstanceOf(Unavailable.class);
        assertThat(keys.wasGood(HASH)).isTrue();
        assertThat(keys.lookUp(HASH).join()).contains(KEY);

        pass(KnownKeys.WAS_GOOD_FOR);
        assertThat(keys.wasGood(HASH)).isFalse();
    }

    private KnownKeys counting(Optional<KnownKey> answer) {
        return new KnownKeys(
                hash -> {
                    lookUps.incrementAndGet();
                    return answer;
                },
                nanos::get,
                Runnable::run);
    }

    private void pass(Duration duration) {
        nanos.addAndGet(duration.toNanos());
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }
}

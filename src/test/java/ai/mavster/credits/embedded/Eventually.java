package ai.mavster.credits.embedded;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Waits for a condition, by asking again and again until a deadline that only a broken system reaches. */
public final class Eventually {

    private static final long INTERVAL_NANOS = 20_000_000;

    private Eventually() {}

    /**
     * @param otherwise what to say when the deadline is reached
     * @throws AssertionError if the condition does not hold by then
     */
    public static void holds(Duration deadline, Callable<Boolean> condition, Supplier<String> otherwise) {
        long end = System.nanoTime() + deadline.toNanos();
        while (!ask(condition)) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not within " + deadline + ": " + otherwise.get());
            }
            LockSupport.parkNanos(INTERVAL_NANOS);
        }
    }

    private static boolean ask(Callable<Boolean> condition) {
        try {
            return condition.call();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}

package ai.mavster.credits.event;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Wakes the delivery loop when this process has written events. Others are found by polling. */
@Singleton
public class NewEvents {

    private final Semaphore news = new Semaphore(0);

    /** There is something to do. */
    public void happened() {
        if (news.availablePermits() == 0) {
            news.release();
        }
    }

    /** Waits until there is, or for so long. */
    public void await(Duration atMost) throws InterruptedException {
        if (news.tryAcquire(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
            news.drainPermits();
        }
    }
}

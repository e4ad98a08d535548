package ai.mavster.credits.payment.inbox;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Lets the loop know that this process has received something. What others have received it finds by looking. */
@Singleton
class News {

    private final Semaphore news = new Semaphore(0);

    void happened() {
        if (news.availablePermits() == 0) {
            news.release();
        }
    }

    /** Waits until there is something, or for so long. */
    void await(Duration atMost) throws InterruptedException {
        if (news.tryAcquire(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
            news.drainPermits();
        }
    }
}

package ai.mavster.credits.http.reading;

import ai.mavster.credits.Unavailable;
import ai.mavster.credits.http.reading.Shares.Reader;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Who may read now. Some wait a little for their turn; where as many wait as may, a further one is turned away at once.
 */
final class Turns {

    /**
     * A few wait for each that reads: what comes in a burst is served, and what comes in masses is not kept on the
     * threads that it would wait on.
     */
    private static final int WAITING_FOR_EACH = 3;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition ended = lock.newCondition();
    private final Shares present;
    private final Shares reading;

    Turns(int atOnce) {
        this.present = new Shares((1 + WAITING_FOR_EACH) * atOnce);
        this.reading = new Shares(atOnce);
    }

    /** To be ended when its work is done. */
    interface Turn {
        void end();
    }

    /**
     * @throws Unavailable as overloaded: at once where as many wait as may, or when there is no turn within that time
     */
    Turn take(Reader reader, Duration within) {
        lock.lock();
        try {
            if (!present.take(reader)) {
                throw new Unavailable(Unavailable.Reason.OVERLOADED, null);
            }
            try {
                return waitFor(reader, within, () -> present.giveBack(reader));
            } catch (Unavailable e) {
                present.giveBack(reader);
                throw e;
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * For the next page of a stream, of which only so many are open: it always waits.
     *
     * @throws Unavailable as overloaded, if there is no turn within that time
     */
    Turn takeForStream(Reader reader, Duration within) {
        lock.lock();
        try {
            return waitFor(reader, within, () -> {});
        } finally {
            lock.unlock();
        }
    }

    private Turn waitFor(Reader reader, Duration within, Runnable leave) {
        if (!await(reader, within)) {
            throw new Unavailable(Unavailable.Reason.OVERLOADED, null);
        }
        return () -> {
            lock.lock();
            try {
                reading.giveBack(reader);
                leave.run();
                ended.signalAll();
            } finally {
                lock.unlock();
            }
        };
    }

    private boolean await(Reader reader, Duration within) {
        long left = within.toNanos();
        while (!reading.take(reader)) {
            if (left <= 0) {
                return false;
            }
            try {
                left = ended.awaitNanos(left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return true;
    }
}

package ai.mavster.credits.ledger.lane;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jboss.logging.Logger;

/**
 * A bounded queue with one thread, which takes whatever has piled up and handles it together. No timer and no added
 * wait: a lone item is handled at once, and the busier it gets the larger the batches. Whatever the handler throws,
 * none of its items is forgotten, and the lane goes on.
 */
public final class Lane<T> {

    private static final Logger LOG = Logger.getLogger(Lane.class);

    private final BlockingQueue<T> queue;
    private final Predicate<? super T> late;
    private final int most;
    private final Consumer<List<T>> handler;
    private final BiConsumer<T, Throwable> failed;
    private final Thread thread;
    private volatile boolean open = true;

    /**
     * @param late whether an item has waited too long: while the first in the queue has, no further one is taken. A
     *     place in a queue is worth nothing once its end comes after the caller has gone
     * @param most how many items are handled together at most
     * @param failed is given each item of a batch whose handler has thrown something, an {@link OutOfMemoryError} too.
     *     Some may be done by then
     */
    public Lane(
            String name,
            int capacity,
            Predicate<? super T> late,
            int most,
            Consumer<List<T>> handler,
            BiConsumer<T, Throwable> failed) {
        this.queue = new ArrayBlockingQueue<>(capacity);
        this.late = late;
        this.most = most;
        this.handler = handler;
        this.failed = failed;
        this.thread = new Thread(this::run, name);
        thread.start();
    }

    /** False if the lane is full, too far behind or closed: the item will not be handled. */
    public boolean offer(T item) {
        T first = queue.peek();
        if (!open || (first != null && late.test(first)) || !queue.offer(item)) {
            return false;
        }
        // Closing may have come in between, when the thread had taken the last item: what is still there was not taken.
        return open || !queue.remove(item);
    }

    /** How many items wait. */
    public int waiting() {
        return queue.size();
    }

    private void run() {
        List<T> batch = new ArrayList<>(most);
        while (open || !queue.isEmpty()) {
            try {
                T first = queue.poll(100, TimeUnit.MILLISECONDS);
                if (first != null) {
                    batch.add(first);
                    queue.drainTo(batch, most - 1);
                    handler.accept(List.copyOf(batch));
                }
            } catch (InterruptedException e) {
                open = false;
            } catch (RuntimeException | Error e) {
                // Without its thread the lane would go on taking what nobody handles.
                fail(batch, failed, e);
            } finally {
                batch.clear();
            }
        }
    }

    /**
     * Tells of a failure item by item: where memory is short that may fail for one, and must not be the end of the
     * others.
     */
    static <T> void fail(List<T> batch, BiConsumer<? super T, Throwable> failed, Throwable failure) {
        for (T item : batch) {
            try {
                failed.accept(item, failure);
            } catch (RuntimeException | Error e) {
                failure.addSuppressed(e);
            }
        }
        LOG.errorf(failure, "A batch of %d was not handled", batch.size());
    }

    /** Takes nothing more, and returns when all that was taken is handled. */
    public void close() {
        open = false;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

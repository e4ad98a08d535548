package ai.mavster.credits.ledger.lane;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.embedded.Eventually;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.Test;

class LaneTest {

    private static final Duration DEADLINE = Duration.ofSeconds(10);

    private final Set<Integer> handled = ConcurrentHashMap.newKeySet();

    @Test
    void handlesAllThatItTookHoweverCloselyItIsClosed() throws Exception {
        for (int round = 0; round < 20; round++) {
            handled.clear();
            Set<Integer> taken = ConcurrentHashMap.newKeySet();
            Lane<Integer> lane = new Lane<>("lane", 100, 10, handled::addAll);
            CyclicBarrier start = new CyclicBarrier(2);
            Thread caller = new Thread(() -> {
                await(start);
                for (int item = 0; item < 20; item++) {
                    if (lane.offer(item)) {
                        taken.add(item);
                    }
                }
            });
            caller.start();
            await(start);
            lane.close();
            caller.join();
            assertThat(handled).isEqualTo(taken);
        }
    }

    @Test
    void outlivesWhatItsHandlerThrows() {
        Lane<Integer> lane = new Lane<>("lane", 100, 10, batch -> {
            if (batch.contains(1)) {
                throw new StackOverflowError("on purpose");
            }
            handled.addAll(batch);
        });
        assertThat(lane.offer(1)).isTrue();
        Eventually.holds(
                DEADLINE, () -> lane.offer(2) && handled.contains(2), () -> "the lane handles what comes later");
        lane.close();
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}

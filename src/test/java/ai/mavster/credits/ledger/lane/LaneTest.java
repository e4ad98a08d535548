package ai.mavster.credits.ledger.lane;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.embedded.Eventually;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
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
            Lane<Integer> lane = new Lane<>("lane", 100, item -> false, 10, handled::addAll, (item, failure) -> {});
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

    /** Each caller is told, even where telling one of them fails in its turn; and the lane goes on. */
    @Test
    void failsEveryItemOfABatchWhoseHandlerThrows() {
        List<String> told = new CopyOnWriteArrayList<>();
        CyclicBarrier step = new CyclicBarrier(2);
        Lane<Integer> lane = new Lane<>(
                "lane",
                100,
                item -> false,
                10,
                batch -> {
                    if (batch.contains(0)) {
                        await(step);
                        await(step);
                    } else if (batch.contains(1)) {
                        throw new OutOfMemoryError("on purpose");
                    }
                    handled.addAll(batch);
                },
                (item, failure) -> {
                    told.add(item + " " + failure.getMessage());
                    if (item == 2) {
                        throw new OutOfMemoryError("once more");
                    }
                });
        assertThat(lane.offer(0)).isTrue();
        await(step);
        for (int item = 1; item < 5; item++) {
            assertThat(lane.offer(item)).isTrue();
        }
        await(step);
        Eventually.holds(DEADLINE, () -> told.size() == 4, () -> "all are told: " + told);
        assertThat(told).containsExactly("1 on purpose", "2 on purpose", "3 on purpose", "4 on purpose");
        assertThat(lane.offer(5)).isTrue();
        lane.close();
        assertThat(handled).containsExactlyInAnyOrder(0, 5);
    }

    @Test
    void takesNothingMoreWhileTheFirstThatWaitsIsLate() {
        Set<Integer> late = ConcurrentHashMap.newKeySet();
        CyclicBarrier step = new CyclicBarrier(2);
        Lane<Integer> lane = new Lane<>(
                "lane",
                100,
                late::contains,
                1,
                batch -> {
                    await(step);
                    handled.addAll(batch);
                },
                (item, failure) -> {});
        assertThat(lane.offer(0)).isTrue();
        Eventually.holds(DEADLINE, () -> lane.waiting() == 0, () -> "the first is being handled");
        assertThat(lane.offer(1)).isTrue();
        assertThat(lane.offer(2)).isTrue();
        late.add(1);
        assertThat(lane.offer(3)).isFalse();
        await(step);
        Eventually.holds(DEADLINE, () -> lane.waiting() == 1, () -> "the late one is being handled");
        assertThat(lane.offer(4)).isTrue();
        for (int left = 0; left < 3; left++) {
            await(step);
        }
        lane.close();
        assertThat(handled).containsExactlyInAnyOrder(0, 1, 2, 4);
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}

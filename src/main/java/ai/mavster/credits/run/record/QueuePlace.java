package ai.mavster.credits.run.record;

import ai.mavster.credits.Credits;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A run's place among those of its account that wait for credits, and what it will start with. It keeps it, for the
 * record, once it has left the queue.
 *
 * @param number orders them: who came later has a greater one
 * @param since when it came
 * @param expiresAt from when on it waits no longer
 * @param hold what to reserve when it starts; null: nothing
 * @param holdFor for how long from then on
 */
public record QueuePlace(
        long number,
        Instant since,
        Instant expiresAt,
        @Nullable Credits hold,
        Duration holdFor) {}

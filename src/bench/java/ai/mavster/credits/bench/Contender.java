package ai.mavster.credits.bench;

import java.time.Duration;

/**
 * One that takes part in a comparison.
 *
 * @param load such as {@code closed 64}
 */
record Contender(String scenario, Subject subject, String load, Turn turn) {

    /** Some work that goes on for so long. */
    interface Turn {
        Sample run(Duration time);
    }
}

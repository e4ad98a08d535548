package ai.mavster.credits.bench;

/**
 * One that takes part in a comparison.
 *
 * @param load such as {@code closed 64}
 */
record Contender(String scenario, Subject subject, String load, Turn turn) {

    /** Some work that starts at once, and goes on until the window is over. */
    interface Turn {
        Sample run(Window window);
    }
}

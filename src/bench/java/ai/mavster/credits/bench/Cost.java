package ai.mavster.credits.bench;

/**
 * What work has used.
 *
 * @param serviceNanos processor time of the service; likewise of the database and of the load generator
 * @param walBytes what the database has written to its log
 */
record Cost(long serviceNanos, long databaseNanos, long generatorNanos, long walBytes) {

    static final Cost NONE = new Cost(0, 0, 0, 0);

    Cost plus(Cost other) {
        return new Cost(
                serviceNanos + other.serviceNanos,
                databaseNanos + other.databaseNanos,
                generatorNanos + other.generatorNanos,
                walBytes + other.walBytes);
    }

    Cost since(Cost earlier) {
        return new Cost(
                serviceNanos - earlier.serviceNanos,
                databaseNanos - earlier.databaseNanos,
                generatorNanos - earlier.generatorNanos,
                walBytes - earlier.walBytes);
    }
}

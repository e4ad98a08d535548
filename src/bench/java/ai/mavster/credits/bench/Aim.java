package ai.mavster.credits.bench;

/**
 * What the service is meant to reach, and what it has.
 *
 * @param what the quantity, such as {@code hot account: rate / per debit}
 * @param bound what {@code value} has to be at least, or at most
 */
record Aim(String what, double value, boolean atLeast, double bound, boolean met) {

    static Aim atLeast(double bound, String what, double value) {
        return new Aim(what, value, true, bound, value >= bound);
    }

    static Aim atMost(double bound, String what, double value) {
        return new Aim(what, value, false, bound, value <= bound);
    }
}

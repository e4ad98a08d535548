package ai.mavster.credits.run.estimate;

import static java.util.Objects.requireNonNull;

import ai.mavster.credits.Credits;
import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the latest runs have cost, at most {@link #MOST} of each kind.
 *
 * @param ofTest of the same test (and project, where there is one)
 * @param ofProject of the same project
 * @param ofAccount of all the account's
 */
record PastRuns(List<Past> ofTest, List<Past> ofProject, List<Past> ofAccount) {

    /** So many runs make a history; with fewer, one odd run would be all there is to it. */
    static final int LEAST = 5;

    /** Older ones say less about the next, and may be any number. */
    static final int MOST = 100;

    PastRuns {
        ofTest = List.copyOf(ofTest);
        ofProject = List.copyOf(ofProject);
        ofAccount = List.copyOf(ofAccount);
    }

    /**
     * A run that is over.
     *
     * @param estimated null: nobody said
     * @param cost what it spent, with all runs below it
     */
    record Past(@Nullable Credits estimated, Credits cost) {

        /** By cost over estimate, exactly: multiplied crosswise. For those that have this ratio. */
        static final Comparator<Past> BY_RATIO =
                (one, other) -> one.times(other.estimated).compareTo(other.times(one.estimated));

        boolean hasRatio() {
            return estimated != null && estimated.isPositive();
        }

        private BigInteger times(@Nullable Credits factor) {
            return BigInteger.valueOf(cost.millionths())
                    .multiply(BigInteger.valueOf(factor == null ? 0 : factor.millionths()));
        }

        /** An estimate times this run's ratio, rounded up. */
        BigInteger scale(Credits estimate) {
            BigInteger[] parts = times(estimate)
                    .divideAndRemainder(
                            BigInteger.valueOf(requireNonNull(estimated).millionths()));
            return parts[1].signum() == 0 ? parts[0] : parts[0].add(BigInteger.ONE);
        }
    }
}

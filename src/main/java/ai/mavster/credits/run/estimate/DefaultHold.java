package ai.mavster.credits.run.estimate;

import ai.mavster.credits.Credits;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How much to reserve for a run where that is left to the service: so much that it would have been enough for nine of
 * ten runs before. Pure.
 *
 * <p>An estimate is corrected by how far those of earlier runs were off: of the same test; if there are too few of
 * them, of the project; or else of the account. One that goes by history is not corrected once more, but held in full.
 * Where nothing is known beside the estimate it is held in full too: what is not needed is released, but a run that was
 * held too little for can be starved.
 */
final class DefaultHold {

    private static final int OF_A_HUNDRED = 90;
    private static final Credits SMALLEST = new Credits(1);

    private DefaultHold() {}

    /**
     * @param forecast null: there is no estimate
     * @return from the smallest amount to {@link Credits#MAX_AMOUNT}; empty if there is neither an estimate nor a
     *     history
     */
    static Optional<Credits> of(@Nullable Forecast forecast, PastRuns past) {
        if (forecast != null && forecast.basis() == Forecast.Basis.HISTORY) {
            return Optional.of(bounded(forecast.max().millionths()));
        }
        for (List<PastRuns.Past> runs : List.of(past.ofTest(), past.ofProject(), past.ofAccount())) {
            List<PastRuns.Past> telling = forecast == null
                    ? runs
                    : runs.stream().filter(PastRuns.Past::hasRatio).toList();
            if (telling.size() >= PastRuns.LEAST) {
                return Optional.of(forecast == null ? usualCost(telling) : corrected(forecast.expected(), telling));
            }
        }
        return forecast == null
                ? Optional.empty()
                : Optional.of(bounded(forecast.max().millionths()));
    }

    private static Credits usualCost(List<PastRuns.Past> runs) {
        List<Credits> costs = runs.stream().map(PastRuns.Past::cost).toList();
        return bounded(NearestRank.of(costs, Credits::compareTo, OF_A_HUNDRED).millionths());
    }

    private static Credits corrected(Credits expected, List<PastRuns.Past> runs) {
        return bounded(
                NearestRank.of(runs, PastRuns.Past.BY_RATIO, OF_A_HUNDRED).scale(expected));
    }

    private static Credits bounded(long millionths) {
        return bounded(BigInteger.valueOf(millionths));
    }

    private static Credits bounded(BigInteger millionths) {
        BigInteger most = BigInteger.valueOf(Credits.MAX_AMOUNT.millionths());
        return new Credits(millionths.min(most).longValueExact()).max(SMALLEST);
    }
}

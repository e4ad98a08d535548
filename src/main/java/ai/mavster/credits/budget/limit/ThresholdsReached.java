package ai.mavster.credits.budget.limit;

import ai.mavster.credits.Credits;
import ai.mavster.credits.ledger.Fact;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What has been used of a limit has reached thresholds that it had not reached in this window, since the limit was last
 * changed: heard once of each.
 *
 * @param scopeId the account's id where it is of the account or of its plan
 * @param percent the thresholds, in percent of the limit, lowest first
 * @param limit what they are percents of
 * @param used in the window so far
 * @param windowStart belongs to the window
 * @param windowEnd does not; null: it has no end yet
 * @param email the budget's own, to be written to; null: the account's
 */
public record ThresholdsReached(
        LimitScope scope,
        String scopeId,
        List<BigDecimal> percent,
        Credits limit,
        Credits used,
        Instant windowStart,
        @Nullable Instant windowEnd,
        @Nullable String email)
        implements Fact {}

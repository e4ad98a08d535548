package ai.mavster.credits.renewal;

import ai.mavster.credits.Credits;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was decided of an account's monthly grants. For pages. */
@Singleton
public class MonthlyGrants {

    private final RenewalRepository decisions;

    MonthlyGrants(RenewalRepository decisions) {
        this.decisions = decisions;
    }

    /**
     * A decision.
     *
     * @param withheld what the cap kept back
     * @param cap null: no cap
     */
    public record Decided(
            int index,
            Instant periodStart,
            Instant periodEnd,
            String plan,
            String outcome,
            Credits granted,
            Credits withheld,
            Credits balanceBefore,
            @Nullable Credits cap,
            String reason,
            Instant at) {}

    /** The newest first. */
    public List<Decided> newestFirst(String accountId, int most) {
        return QuarkusTransaction.requiringNew()
                .call(() -> decisions.newestFirst(accountId, null, most).stream()
                        .map(renewal -> new Decided(
                                renewal.periodIndex,
                                renewal.periodStart,
                                renewal.periodEnd,
                                renewal.planId,
                                renewal.outcome,
                                new Credits(renewal.granted),
                                new Credits(renewal.withheld),
                                new Credits(renewal.balanceBefore),
                                renewal.cap == null ? null : new Credits(renewal.cap),
                                renewal.reason,
                                renewal.decidedAt))
                        .toList());
    }
}

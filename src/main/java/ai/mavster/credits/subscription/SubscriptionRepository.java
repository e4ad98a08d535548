package ai.mavster.credits.subscription;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds subscriptions whose renewal is due by the real time; those on test clocks renew as these are advanced. */
@Singleton
public class SubscriptionRepository implements PanacheRepositoryBase<SubscriptionRow, String> {

    private static final String RENEWS = "status in ('active', 'trialing') and not onTestClock";

    /** A subscription whose period is over. */
    public record Due(String accountId, Instant periodEnd) {}

    /**
     * Those due longest first.
     *
     * @param after the last one of the page before; null: from the start
     */
    public List<Due> due(Instant asOf, @Nullable Due after, int limit) {
        Due last = after == null ? new Due("", Instant.EPOCH) : after;
        return find(
                        RENEWS
                                + " and periodEnd <= ?1 and (periodEnd, accountId) > (?2, ?3) order by periodEnd, accountId",
                        asOf,
                        last.periodEnd,
                        last.accountId)
                .page(0, limit)
                .stream()
                .map(row -> new Due(row.accountId, row.periodEnd))
                .toList();
    }

    public long countDue(Instant asOf) {
        return count(RENEWS + " and periodEnd <= ?1", asOf);
    }

    /** When the next one falls due; empty: none will. */
    public Optional<Instant> nextDueAt() {
        return find(RENEWS + " order by periodEnd")
                .page(0, 1)
                .firstResultOptional()
                .map(row -> row.periodEnd);
    }
}

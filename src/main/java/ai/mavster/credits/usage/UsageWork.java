package ai.mavster.credits.usage;

import ai.mavster.credits.ledger.AccountState;
import ai.mavster.credits.ledger.Column;
import ai.mavster.credits.ledger.Participant;
import ai.mavster.credits.ledger.Posting;
import ai.mavster.credits.ledger.PostingKind;
import ai.mavster.credits.ledger.Purpose;
import ai.mavster.credits.ledger.RoundTrip;
import ai.mavster.credits.pricing.Rate;
import ai.mavster.credits.pricing.RateCard;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What one batch spent, added up in memory: a batch on one account writes a handful of rows, however many debits it has. */
final class UsageWork implements Participant.Work {

    private final UsageMetrics metrics;
    private final Map<Key, Sums> sums = new HashMap<>();
    private final List<Sums> hoursBefore = new ArrayList<>(0);
    private @Nullable RateCard card;

    UsageWork(UsageMetrics metrics) {
        this.metrics = metrics;
    }

    /** Whose usage, and what it was for; empty where the debit did not say. */
    private record Key(String accountId, String action, String projectId, String workspaceId, String testId) {

        static Key of(Posting posting) {
            Purpose purpose = posting.purpose();
            return new Key(
                    posting.accountId(),
                    orEmpty(purpose.action()),
                    orEmpty(purpose.projectId()),
                    orEmpty(purpose.workspaceId()),
                    orEmpty(purpose.testId()));
        }

        private static String orEmpty(@Nullable String id) {
            return id == null ? "" : id;
        }
    }

    /** Of one hour. Amounts in millionths. Debits without a quantity, one each, are counted apart: most are, and a long is cheaper. */
    private static final class Sums {

        private final Key key;
        private final Instant at;
        private long debited;
        private long reversed;
        private long debits;
        private long ones;
        private BigDecimal quantities = BigDecimal.ZERO;
        private long outliers;

        Sums(Key key, Instant at) {
            this.key = key;
            this.at = at;
        }

        Instant hour() {
            return at.truncatedTo(ChronoUnit.HOURS);
        }

        Instant day() {
            return at.truncatedTo(ChronoUnit.DAYS);
        }

        void debit(Posting posting, boolean outlier) {
            debited = Math.addExact(debited, posting.credits().millionths());
            debits++;
            BigDecimal quantity = posting.purpose().quantity();
            if (quantity == null) {
                ones++;
            } else {
                quantities = quantities.add(quantity);
            }
            if (outlier) {
                outliers++;
            }
        }

        void reversal(Posting posting) {
            reversed = Math.addExact(reversed, posting.credits().millionths());
        }

        BigDecimal quantity() {
            return quantities.add(BigDecimal.valueOf(ones));
        }
    }

    void card(RateCard current) {
        card = current;
    }

    @Override
    public void posted(Posting posting, AccountState account) {
        if (posting.kind() == PostingKind.DEBIT) {
            sums(posting).debit(posting, isOutlier(posting));
        } else if (posting.kind() == PostingKind.REVERSAL) {
            sums(posting).reversal(posting);
        }
    }

    private Sums sums(Posting posting) {
        Instant at = posting.occurredAt();
        Sums current = sums.computeIfAbsent(Key.of(posting), key -> new Sums(key, at));
        if (current.at.equals(at) || current.hour().equals(at.truncatedTo(ChronoUnit.HOURS))) {
            return current;
        }
        hoursBefore.add(current);
        Sums next = new Sums(current.key, at);
        sums.put(current.key, next);
        return next;
    }

    /** By what was asked for: that an account ran dry says nothing about the price. */
    private boolean isOutlier(Posting posting) {
        String action = posting.purpose().action();
        Rate rate = card == null || action == null
                ? null
                : card.rate(action, posting.occurredAt()).orElse(null);
        BigDecimal quantity = posting.purpose().quantity();
        return rate != null && rate.isOutlier(posting.requested(), quantity == null ? BigDecimal.ONE : quantity);
    }

    /**
     * All postings of an account in a batch occurred at one instant, so there is one hour and one day: each row is sent once and written for
     * both. Only a test clock may have been advanced in between; then the hours go one after another, since no statement may write one day twice.
     */
    @Override
    public void write(RoundTrip writes) {
        hoursBefore.forEach(row -> write(writes, List.of(row)));
        if (!sums.isEmpty()) {
            write(writes, sums.values());
        }
    }

    private static void write(RoundTrip writes, Collection<Sums> rows) {
        writes.write(
                """
                INSERT INTO usage_rollup AS u (account_id, grain, starts_at, action, project_id, workspace_id, test_id,
                                               credits, debits, quantity, reversed, outliers)
                SELECT r.account_id, g.grain, g.starts_at, r.action, r.project_id, r.workspace_id, r.test_id,
                       r.debited - r.reversed, r.debits, r.quantity, r.reversed, r.outliers
                FROM unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::bigint[], ?::bigint[], ?::numeric[],
                            ?::bigint[], ?::bigint[], ?::timestamptz[], ?::timestamptz[])
                     AS r (account_id, action, project_id, workspace_id, test_id, debited, debits, quantity, reversed, outliers, hour, day)
                CROSS JOIN LATERAL (VALUES ('hour', r.hour), ('day', r.day)) AS g (grain, starts_at)
                ON CONFLICT (account_id, grain, starts_at, action, project_id, workspace_id, test_id) DO UPDATE SET
                    credits = u.credits + EXCLUDED.credits,
                    debits = u.debits + EXCLUDED.debits,
                    quantity = u.quantity + EXCLUDED.quantity,
                    reversed = u.reversed + EXCLUDED.reversed,
                    outliers = u.outliers + EXCLUDED.outliers""",
                List.of(
                        Column.text(rows, row -> row.key.accountId),
                        Column.text(rows, row -> row.key.action),
                        Column.text(rows, row -> row.key.projectId),
                        Column.text(rows, row -> row.key.workspaceId),
                        Column.text(rows, row -> row.key.testId),
                        Column.bigint(rows, row -> row.debited),
                        Column.bigint(rows, row -> row.debits),
                        Column.numeric(rows, Sums::quantity),
                        Column.bigint(rows, row -> row.reversed),
                        Column.bigint(rows, row -> row.outliers),
                        Column.instant(rows, Sums::hour),
                        Column.instant(rows, Sums::day)),
                2 * rows.size());
    }

    @Override
    public void committed() {
        hoursBefore.forEach(this::count);
        sums.values().forEach(this::count);
    }

    private void count(Sums row) {
        if (row.debited > 0) {
            metrics.used(row.debited, label(row));
        }
    }

    /** Without a card there were only debits that it had priced, so it has their actions. */
    private String label(Sums row) {
        String action = row.key.action;
        boolean onTheCard =
                !action.isEmpty() && (card == null || card.rate(action, row.at).isPresent());
        return onTheCard ? action : UsageMetrics.OTHER;
    }
}

package ai.mavster.credits.usage;

import ai.mavster.credits.ledger.AccountView;
import ai.mavster.credits.ledger.Command;
import ai.mavster.credits.ledger.Fact;
import ai.mavster.credits.ledger.Participant;
import ai.mavster.credits.ledger.posting.Posting;
import ai.mavster.credits.ledger.posting.PostingKind;
import ai.mavster.credits.ledger.posting.Purpose;
import ai.mavster.credits.pricing.Rate;
import ai.mavster.credits.pricing.RateCard;
import ai.mavster.credits.sql.Column;
import ai.mavster.credits.sql.RoundTrip;
import ai.mavster.credits.sql.Table;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one batch spent, added up in memory: a batch on one account writes a handful of rows, however many debits it
 * has.
 */
final class UsageInBatch implements Participant.InBatch {

    private final UsageMetrics metrics;
    private final RefusedDebits refusals;
    private final List<Refused> refused = new ArrayList<>(0);
    private final Map<Key, Sums> sums = new HashMap<>();
    private final List<Sums> quartersBefore = new ArrayList<>(0);
    private @Nullable RateCard card;

    UsageInBatch(UsageMetrics metrics, RefusedDebits refusals) {
        this.metrics = metrics;
        this.refusals = refusals;
    }

    /** A debit that was refused. */
    private record Refused(String accountId, Instant at) {}

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

    /**
     * Of one quarter-hour. Amounts in millionths. Debits without a quantity, one each, are counted apart: most are, and a long
     * is cheaper.
     */
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

        Instant quarter() {
            return Segments.quarter(at);
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
    public void hear(Fact fact, AccountView account) {
        if (fact instanceof Fact.Posted posted) {
            count(posted.posting());
        } else if (fact instanceof Fact.Refused not && not.command() instanceof Command.Debit) {
            refused.add(new Refused(account.accountId(), account.asOf()));
        }
    }

    private void count(Posting posting) {
        if (posting.kind() == PostingKind.DEBIT) {
            sums(posting).debit(posting, isOutlier(posting));
        } else if (posting.kind() == PostingKind.REVERSAL) {
            sums(posting).reversal(posting);
        }
    }

    private Sums sums(Posting posting) {
        Instant at = posting.occurredAt();
        Sums current = sums.computeIfAbsent(Key.of(posting), key -> new Sums(key, at));
        if (current.at.equals(at) || current.quarter().equals(Segments.quarter(at))) {
            return current;
        }
        quartersBefore.add(current);
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

    /** A row of one quarter-hour, or of the day that it is in. */
    private record Rollup(Sums sums, String grain, Instant startsAt) {}

    private static final Table<Rollup> ROLLUP = Table.<Rollup>named("usage_rollup")
            .key(Column.text("account_id", row -> row.sums.key.accountId))
            .key(Column.text("grain", Rollup::grain))
            .key(Column.instant("starts_at", Rollup::startsAt))
            .key(Column.text("action", row -> row.sums.key.action))
            .key(Column.text("project_id", row -> row.sums.key.projectId))
            .key(Column.text("workspace_id", row -> row.sums.key.workspaceId))
            .key(Column.text("test_id", row -> row.sums.key.testId))
            .adding(Column.bigint("credits", row -> row.sums.debited - row.sums.reversed))
            .adding(Column.bigint("debits", row -> row.sums.debits))
            .adding(Column.numeric("quantity", row -> row.sums.quantity()))
            .adding(Column.bigint("reversed", row -> row.sums.reversed))
            .adding(Column.bigint("outliers", row -> row.sums.outliers))
            .declared();

    /**
     * All postings of an account in a batch occurred at one instant, so there is one quarter-hour and one day. Only a
     * test clock may have been advanced in between; then the quarter-hours go one after another, since no statement may
     * write one day twice.
     */
    @Override
    public void write(RoundTrip writes) {
        quartersBefore.forEach(row -> write(writes, List.of(row)));
        write(writes, sums.values());
    }

    private static void write(RoundTrip writes, Collection<Sums> sums) {
        List<Rollup> rows = new ArrayList<>(2 * sums.size());
        for (Sums one : sums) {
            rows.add(new Rollup(one, Segments.QUARTER, one.quarter()));
            rows.add(new Rollup(one, Segments.DAY, one.day()));
        }
        ROLLUP.upsert(writes, rows);
    }

    @Override
    public void committed() {
        quartersBefore.forEach(this::measure);
        sums.values().forEach(this::measure);
        refused.forEach(one -> refusals.count(one.accountId, one.at));
    }

    private void measure(Sums row) {
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

package ai.mavster.credits.payment.reconciliation;

import ai.mavster.credits.UuidV7;
import ai.mavster.credits.payment.PaymentGateway;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reconciliations, of which one runs at a time, whichever process it is in. */
@Singleton
class ReconciliationRepository implements PanacheRepositoryBase<ReconciliationRow, UUID> {

    /** For longer than a page of the provider's takes. */
    private static final Duration CLAIMED_FOR = Duration.ofMinutes(5);

    private static final int MOST_DETAIL = 500;

    private final Clock clock;

    ReconciliationRepository(Clock clock) {
        this.clock = clock;
    }

    /** Which payments one is about: those that the provider created from a time on, to before another. */
    record Range(Instant from, Instant to, boolean deep) {}

    /** Begins one; empty: another is running. One whose process has died is given up. */
    Optional<UUID> begin(PaymentGateway.Provider provider, Range range) {
        Instant now = clock.instant();
        UUID id = UuidV7.next(now);
        return QuarkusTransaction.requiringNew().call(() -> {
            update(
                    "status = 'failed', finishedAt = ?1, detail = 'Its process has stopped.'"
                            + " where provider = ?2 and status = 'running' and claimedUntil < ?1",
                    now,
                    provider.id());
            int begun = getEntityManager()
                    .createQuery("""
                            insert into ReconciliationRow (reconciliationId, provider, status, rangeStart, rangeEnd, deep, startedAt,
                                                           claimedUntil, compared, repaired, unexplained)
                            values (:id, :provider, 'running', :from, :to, :deep, :now, :until, 0, 0, 0)
                            on conflict do nothing""")
                    .setParameter("id", id)
                    .setParameter("provider", provider.id())
                    .setParameter("from", range.from)
                    .setParameter("to", range.to)
                    .setParameter("deep", range.deep)
                    .setParameter("now", now)
                    .setParameter("until", now.plus(CLAIMED_FOR))
                    .executeUpdate();
            return begun == 0 ? Optional.empty() : Optional.of(id);
        });
    }

    /**
     * Says how far it has come.
     *
     * @throws IllegalStateException if it took so long that it was given up
     */
    void goOn(UUID id, Tally tally) {
        Instant until = clock.instant().plus(CLAIMED_FOR);
        int renewed = QuarkusTransaction.requiringNew()
                .call(() -> update(
                        "claimedUntil = ?1, compared = ?2, repaired = ?3, unexplained = ?4"
                                + " where reconciliationId = ?5 and status = 'running'",
                        until,
                        tally.compared(),
                        tally.repaired(),
                        tally.unexplained(),
                        id));
        if (renewed == 0) {
            throw new IllegalStateException("It took too long, and was given up.");
        }
    }

    /**
     * Ends it.
     *
     * @param failure why it failed; null: it has succeeded
     */
    void end(UUID id, Tally tally, @Nullable String failure) {
        String detail =
                failure == null || failure.length() <= MOST_DETAIL ? failure : failure.substring(0, MOST_DETAIL);
        QuarkusTransaction.requiringNew()
                .run(() -> update(
                        "status = ?1, finishedAt = ?2, compared = ?3, repaired = ?4, unexplained = ?5, detail = ?6"
                                + " where reconciliationId = ?7 and status = 'running'",
                        (failure == null ? ReconciliationStatus.SUCCEEDED : ReconciliationStatus.FAILED).id(),
                        clock.instant(),
                        tally.compared(),
                        tally.repaired(),
                        tally.unexplained(),
                        detail,
                        id));
    }

    ReconciliationRow get(UUID id) {
        return QuarkusTransaction.requiringNew().call(() -> Objects.requireNonNull(findById(id)));
    }

    /** The one that runs; empty: none does any more. */
    Optional<ReconciliationRow> running(PaymentGateway.Provider provider) {
        return QuarkusTransaction.requiringNew()
                .call(() -> find("provider = ?1 and status = 'running'", provider.id())
                        .firstResultOptional());
    }

    /** Before a time and an id, the newest first. */
    List<ReconciliationRow> before(Instant time, UUID id, int most) {
        return QuarkusTransaction.requiringNew()
                .call(() -> find(
                                "startedAt <= ?1 and (startedAt < ?1 or reconciliationId < ?2)"
                                        + " order by startedAt desc, reconciliationId desc",
                                time,
                                id)
                        .page(0, most)
                        .list());
    }

    /** When the last one began, whatever became of it. */
    Optional<Instant> lastStart(PaymentGateway.Provider provider) {
        return QuarkusTransaction.requiringNew()
                .call(() -> find("provider = ?1 order by startedAt desc, reconciliationId desc", provider.id())
                        .<ReconciliationRow>firstResultOptional()
                        .map(row -> row.startedAt));
    }

    /** When the last one ended that has succeeded. */
    Optional<Instant> lastSuccess(PaymentGateway.Provider provider, boolean onlyDeep) {
        return QuarkusTransaction.requiringNew()
                .call(() -> find(
                                "provider = ?1 and status = 'succeeded' and (deep = true or ?2 = false) order by finishedAt desc",
                                provider.id(),
                                onlyDeep)
                        .<ReconciliationRow>firstResultOptional()
                        .map(row -> row.finishedAt));
    }

    /** What was compared so far, and what came of it. */
    record Tally(long compared, long repaired, long unexplained) {

        static final Tally NOTHING = new Tally(0, 0, 0);

        Tally plus(List<ReconciledPaymentRow> rows) {
            return new Tally(
                    compared + rows.size(),
                    repaired + count(rows, ReconciledStatus.REPAIRED),
                    unexplained + count(rows, ReconciledStatus.UNEXPLAINED));
        }

        private static long count(List<ReconciledPaymentRow> rows, ReconciledStatus status) {
            return rows.stream().filter(row -> row.is(status)).count();
        }
    }
}

package ai.mavster.credits.payment.reconciliation;

import ai.mavster.credits.EnumId;
import ai.mavster.credits.payment.PaymentGateway;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What was compared, and what is here that is yet to be. */
@Singleton
class ReconciledPaymentRepository implements PanacheRepositoryBase<ReconciledPaymentRow, ReconciledPaymentRow.Key> {

    private static final String WITHIN = """
            r.createdAt >= :from and r.createdAt < :to and (:status is null or r.status = :status)""";

    /**
     * Which payments a report is about, by when the provider had created them.
     *
     * @param from belongs to it, {@code to} does not
     * @param status null: any
     */
    record Filter(Instant from, Instant to, @Nullable ReconciledStatus status) {

        private @Nullable String statusId() {
            return status == null ? null : status.id();
        }
    }

    /** What payments in one currency come to. */
    record Sum(String currency, long payments, BigDecimal amount, BigDecimal refunded, BigDecimal disputed) {}

    /** Keeps what was found, in one transaction. */
    void keep(List<ReconciledPaymentRow> rows) {
        QuarkusTransaction.requiringNew().run(() -> {
            for (ReconciledPaymentRow row : rows) {
                ReconciledPaymentRow known =
                        findById(new ReconciledPaymentRow.Key(row.providerPaymentId, row.provider));
                if (known == null) {
                    persist(row);
                } else {
                    known.takeOver(row);
                }
            }
        });
    }

    /** Payments that are settled here within a time, and that were not compared since an instant. */
    List<SettledPaymentRow> notCompared(
            PaymentGateway.Provider provider, Instant from, Instant to, Instant since, int most) {
        return QuarkusTransaction.requiringNew()
                .call(() -> getEntityManager()
                        .createQuery("""
                        select p from SettledPaymentRow p
                        where p.provider = :provider and p.status in ('paid', 'uncredited') and p.paidAt >= :from and p.paidAt < :to
                          and not exists (select 1 from ReconciledPaymentRow r
                                          where r.providerPaymentId = p.providerPaymentId and r.provider = p.provider
                                            and r.comparedAt >= :since)
                        order by p.paidAt""", SettledPaymentRow.class)
                        .setParameter("provider", provider.id())
                        .setParameter("from", from)
                        .setParameter("to", to)
                        .setParameter("since", since)
                        .setMaxResults(most)
                        .getResultList());
    }

    /** Those before a place, the newest first. */
    List<ReconciledPaymentRow> before(Filter filter, Instant time, String id, int most) {
        return QuarkusTransaction.requiringNew()
                .call(() -> getEntityManager()
                        .createQuery(
                                "select r from ReconciledPaymentRow r where " + WITHIN
                                        + " and r.createdAt <= :time and (r.createdAt < :time or r.providerPaymentId < :id)"
                                        + " order by r.createdAt desc, r.providerPaymentId desc",
                                ReconciledPaymentRow.class)
                        .setParameter("from", filter.from)
                        .setParameter("to", filter.to)
                        .setParameter("status", filter.statusId())
                        .setParameter("time", time)
                        .setParameter("id", id)
                        .setMaxResults(most)
                        .getResultList());
    }

    /** By currency. */
    List<Sum> sums(Filter filter) {
        return QuarkusTransaction.requiringNew()
                .call(() -> getEntityManager()
                        .createQuery(
                                "select r.currency, count(*), sum(r.amount), sum(r.refunded), sum(r.disputed)"
                                        + " from ReconciledPaymentRow r where " + WITHIN
                                        + " group by r.currency order by r.currency",
                                Sum.class)
                        .setParameter("from", filter.from)
                        .setParameter("to", filter.to)
                        .setParameter("status", filter.statusId())
                        .getResultList());
    }

    /** How many a person has to see to, by what is wrong with them. */
    Map<Reason, Long> unexplained() {
        Map<Reason, Long> counts = new EnumMap<>(Reason.class);
        Reason.unexplained().forEach(reason -> counts.put(reason, 0L));
        QuarkusTransaction.requiringNew()
                .call(() -> getEntityManager()
                        .createQuery(
                                "select r.reason, count(*) from ReconciledPaymentRow r where r.status = 'unexplained'"
                                        + " group by r.reason",
                                Object[].class)
                        .getResultList())
                .forEach(row -> counts.put(EnumId.parse(Reason.class, (String) row[0]), (Long) row[1]));
        return counts;
    }
}

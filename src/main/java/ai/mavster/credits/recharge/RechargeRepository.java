package ai.mavster.credits.recharge;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

/** Reads recharges, with their payments. */
@Singleton
class RechargeRepository implements PanacheRepositoryBase<RechargeRow, RechargeRow.Key> {

    private static final UUID LAST = new UUID(-1L, -1L);

    private final Session session;

    RechargeRepository(Session session) {
        this.session = session;
    }

    /** A recharge and its payment. */
    record Paid(RechargeRow recharge, RechargePaymentRow payment) {}

    /**
     * Some of an account's.
     *
     * @param before null: the newest
     */
    List<Paid> newestFirst(String accountId, @Nullable UUID before, int limit) {
        return session.createSelectionQuery(
                        "select r, p from RechargeRow r join RechargePaymentRow p"
                                + " on p.accountId = r.accountId and p.paymentId = r.rechargeId"
                                + " where r.accountId = :account and r.rechargeId < :before order by r.rechargeId desc",
                        Paid.class)
                .setParameter("account", accountId)
                .setParameter("before", before == null ? LAST : before)
                .setMaxResults(limit)
                .list();
    }

    /** The last one; null: there was none. */
    @Nullable
    Paid last(String accountId) {
        return newestFirst(accountId, null, 1).stream().findFirst().orElse(null);
    }
}

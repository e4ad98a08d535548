package ai.mavster.credits.checkout.order;

import ai.mavster.credits.payment.Payment;
import ai.mavster.credits.payment.PaymentRow;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads checkouts with their payments. */
@Singleton
class CheckoutRepository implements PanacheRepositoryBase<CheckoutRow, CheckoutRow.Key> {

    /** After all ids that there will be for a long time; of the positive ones, as the database compares them. */
    static final UUID LAST = new UUID(Long.MAX_VALUE, Long.MAX_VALUE);

    private static final String WITH_PAYMENT = "select c, p from CheckoutRow c join PaymentRow p on"
            + " p.accountId = c.accountId and p.paymentId = c.checkoutId where c.accountId = :account";

    /** Both. */
    record Paired(Checkout checkout, Payment payment) {}

    /** Null: the account has none of this id. */
    @Nullable
    Paired one(String accountId, UUID checkoutId) {
        return QuarkusTransaction.requiringNew()
                .call(() -> getEntityManager()
                        .createQuery(WITH_PAYMENT + " and c.checkoutId = :id", Object[].class)
                        .setParameter("account", accountId)
                        .setParameter("id", checkoutId)
                        .getResultList())
                .stream()
                .map(CheckoutRepository::paired)
                .findFirst()
                .orElse(null);
    }

    /** Those of an account before one of them, the newest first. */
    List<Paired> before(String accountId, UUID checkoutId, int most) {
        return QuarkusTransaction.requiringNew()
                .call(() -> getEntityManager()
                        .createQuery(
                                WITH_PAYMENT + " and c.checkoutId < :id order by c.checkoutId desc", Object[].class)
                        .setParameter("account", accountId)
                        .setParameter("id", checkoutId)
                        .setMaxResults(most)
                        .getResultList())
                .stream()
                .map(CheckoutRepository::paired)
                .toList();
    }

    /** Some whose pages are to be closed. */
    List<Checkout> closing(int most) {
        return QuarkusTransaction.requiringNew()
                .call(() -> find("closesPage = true").page(0, most).list())
                .stream()
                .map(CheckoutRow::checkout)
                .toList();
    }

    private static Paired paired(Object[] both) {
        return new Paired(((CheckoutRow) both[0]).checkout(), ((PaymentRow) both[1]).payment());
    }
}

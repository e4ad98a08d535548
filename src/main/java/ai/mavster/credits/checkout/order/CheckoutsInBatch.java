package ai.mavster.credits.checkout.order;

import ai.mavster.credits.checkout.order.CheckoutTable.CheckoutKey;
import ai.mavster.credits.ledger.AccountView;
import ai.mavster.credits.ledger.Fact;
import ai.mavster.credits.ledger.Participant;
import ai.mavster.credits.payment.Payment;
import ai.mavster.credits.payment.PaymentChanged;
import ai.mavster.credits.payment.PaymentsInBatch;
import ai.mavster.credits.payment.Purchase;
import ai.mavster.credits.sql.RoundTrip;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The checkouts of one batch: they follow their payments. */
final class CheckoutsInBatch implements Participant.InBatch {

    private final Instant now;
    private final Set<CheckoutKey> lookedFor = new HashSet<>(0);
    private final Map<CheckoutKey, Checkout> checkouts = new HashMap<>(0);
    private final Map<CheckoutKey, Checkout> ordered = new LinkedHashMap<>(0);
    private final Map<CheckoutKey, Checkout> changed = new LinkedHashMap<>(0);

    /**
     * @param now the real time, by which checkouts expire
     */
    CheckoutsInBatch(Instant now) {
        this.now = now;
    }

    /** A checkout that is needed and was not named. */
    record ToRead(String accountId, CheckoutKey key) implements Participant.Wanted {}

    void lookedFor(CheckoutKey key) {
        lookedFor.add(key);
    }

    void load(Checkout checkout) {
        checkouts.put(key(checkout), checkout);
    }

    private static CheckoutKey key(Checkout checkout) {
        return new CheckoutKey(checkout.accountId(), checkout.checkoutId());
    }

    /** A checkout; null: the account has none of this id. */
    @Nullable
    Checkout checkout(String accountId, UUID checkoutId) {
        CheckoutKey key = new CheckoutKey(accountId, checkoutId);
        Checkout checkout = checkouts.get(key);
        if (checkout == null && !lookedFor.contains(key)) {
            throw new Participant.NotRead(List.of(new ToRead(accountId, key)));
        }
        return checkout;
    }

    void order(Checkout checkout) {
        load(checkout);
        ordered.put(key(checkout), checkout);
    }

    void put(Checkout checkout) {
        load(checkout);
        (ordered.containsKey(key(checkout)) ? ordered : changed).put(key(checkout), checkout);
    }

    private List<Checkout> openOf(AccountView account) {
        return checkouts.values().stream()
                .filter(checkout -> checkout.accountId().equals(account.accountId()))
                .filter(checkout -> checkout.status() == CheckoutStatus.OPEN)
                .toList();
    }

    @Override
    public void hear(Fact fact, AccountView account) {
        if (fact instanceof PaymentChanged change) {
            follow(change.payment());
        } else if (fact instanceof Fact.Closed) {
            openOf(account).forEach(checkout -> end(checkout.canceled(), account));
        }
    }

    private void follow(Payment payment) {
        if (payment.purchase().kind() != Purchase.Kind.CHECKOUT) {
            return;
        }
        Checkout checkout = checkout(payment.accountId(), payment.paymentId());
        CheckoutStatus after = checkout == null ? null : checkout.status().after(payment.status());
        if (checkout != null && after != null && after != checkout.status()) {
            put(checkout.become(after));
        }
    }

    /** What can be paid no longer is no longer waited for. */
    private void end(Checkout ended, AccountView account) {
        put(ended);
        PaymentsInBatch payments = account.inBatch(PaymentsInBatch.class);
        Payment payment = payments.payment(ended.accountId(), ended.checkoutId());
        if (payment != null) {
            payments.cancel(payment, account);
        }
    }

    @Override
    public boolean settle(AccountView account) {
        List<Checkout> expired = openOf(account).stream()
                .filter(checkout -> checkout.status(now) == CheckoutStatus.EXPIRED)
                .toList();
        expired.forEach(checkout -> end(checkout.become(CheckoutStatus.EXPIRED), account));
        return !expired.isEmpty();
    }

    @Override
    public void write(RoundTrip writes) {
        CheckoutTable.table().insert(writes, ordered.values());
        CheckoutTable.table().upsert(writes, changed.values());
    }
}

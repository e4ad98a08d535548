package ai.mavster.credits.payment;

import ai.mavster.credits.Credits;
import ai.mavster.credits.Money;
import ai.mavster.credits.ledger.AccountView;
import ai.mavster.credits.ledger.Participant;
import ai.mavster.credits.sql.RoundTrip;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The payments of one batch: those that are ordered in it, and those that it is about. */
public final class PaymentsInBatch implements Participant.InBatch {

    private final Set<PaymentKey> lookedFor = new HashSet<>(0);
    private final Map<PaymentKey, Payment> payments = new HashMap<>(0);
    private final Map<PaymentKey, Payment> ordered = new LinkedHashMap<>(0);
    private final Map<PaymentKey, Payment> changed = new LinkedHashMap<>(0);
    private final Map<PaymentKey, Map<String, SurplusPayment>> surplus = new HashMap<>(0);
    private final Map<List<Object>, SurplusPayment> changedSurplus = new LinkedHashMap<>(0);

    private final Map<PaymentKey, TreeMap<Integer, ClaimedGrant>> grants = new HashMap<>(0);
    private final Map<List<Object>, ClaimedGrant> changedGrants = new LinkedHashMap<>(0);

    PaymentsInBatch() {}

    void lookedFor(PaymentKey key) {
        lookedFor.add(key);
    }

    void load(Payment payment) {
        payments.put(key(payment), payment);
    }

    void load(SurplusPayment one) {
        surplus.computeIfAbsent(new PaymentKey(one.accountId(), one.paymentId()), key -> new HashMap<>())
                .put(one.providerPaymentId(), one);
    }

    void load(ClaimedGrant grant) {
        grants.computeIfAbsent(new PaymentKey(grant.accountId(), grant.paymentId()), key -> new TreeMap<>())
                .put(grant.number(), grant);
    }

    private static PaymentKey key(Payment payment) {
        return new PaymentKey(payment.accountId(), payment.paymentId());
    }

    /**
     * Orders something: its row is written in the transaction of the change that wants it. Only while a change is made.
     *
     * @param purchase its id is new, and becomes the row's and the key that the provider is asked under
     * @param price what is asked for, whatever prices become
     * @param at the real time
     */
    public Payment order(
            Purchase purchase, Credits credits, Money price, PaymentGateway.Provider provider, Instant at) {
        Payment payment = Payment.ordered(purchase, credits, price, provider, at);
        payments.put(key(payment), payment);
        ordered.put(key(payment), payment);
        return payment;
    }

    /**
     * A payment as it is within the batch; null: the account has none of this id. One that no command
     * {@linkplain OfPayment names} has the batch read once more.
     */
    public @Nullable Payment payment(String accountId, UUID paymentId) {
        PaymentKey key = new PaymentKey(accountId, paymentId);
        Payment payment = payments.get(key);
        if (payment == null && !lookedFor.contains(key)) {
            throw new Participant.NotRead(List.of(new PaymentsParticipant.ToRead(accountId, key)));
        }
        return payment;
    }

    /**
     * Ends a payment that the provider has nothing of: it was never asked, or has nothing any more that could be paid.
     * Money that comes for it all the same is credited. Only while a change is made.
     *
     * @return as it is then: one that is not open stays as it is
     */
    public Payment cancel(Payment payment, AccountView account) {
        return payment.status().isOpen() ? put(payment, payment.canceled(), account) : payment;
    }

    /** Further payments for the same. */
    Collection<SurplusPayment> surplusOf(Payment payment) {
        return surplus.getOrDefault(key(payment), Map.of()).values();
    }

    /** The grants of a payment, in the order in which they were made. */
    Collection<ClaimedGrant> grantsOf(Payment credited) {
        TreeMap<Integer, ClaimedGrant> known = grants.get(key(credited));
        return known == null ? List.of(ClaimedGrant.first(credited)) : known.values();
    }

    void put(ClaimedGrant grant) {
        load(grant);
        changedGrants.put(List.of(grant.accountId(), grant.paymentId(), grant.number()), grant);
    }

    Payment put(Payment before, Payment after, AccountView account) {
        PaymentKey key = key(after);
        payments.put(key, after);
        (ordered.containsKey(key) ? ordered : changed).put(key, after);
        account.publish(new PaymentChanged(before, after));
        return after;
    }

    void put(SurplusPayment one) {
        load(one);
        changedSurplus.put(List.of(one.accountId(), one.paymentId(), one.providerPaymentId()), one);
    }

    @Override
    public void write(RoundTrip writes) {
        PaymentTable.payments().insert(writes, ordered.values());
        PaymentTable.payments().upsert(writes, changed.values());
        PaymentTable.surplus().upsert(writes, changedSurplus.values());
        PaymentTable.grants().upsert(writes, changedGrants.values());
    }
}

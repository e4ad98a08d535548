package ai.mavster.credits.checkout.order;

import ai.mavster.credits.Credits;
import ai.mavster.credits.Money;
import ai.mavster.credits.Refusal;
import ai.mavster.credits.checkout.Packs;
import ai.mavster.credits.ledger.AccountView;
import ai.mavster.credits.ledger.Change;
import ai.mavster.credits.ledger.Command;
import ai.mavster.credits.ledger.posting.CanonicalForm;
import ai.mavster.credits.ledger.posting.Salt;
import ai.mavster.credits.payment.PaymentGateway;
import ai.mavster.credits.payment.PaymentsInBatch;
import ai.mavster.credits.payment.Purchase;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Orders a pack, to be paid at a page.
 *
 * @param pack as it is now; null: there is none of this id
 * @param now the real time
 */
record OpenCheckout(
        String accountId,
        String idempotencyKey,
        String packId,
        Packs.@Nullable Offered pack,
        PaymentGateway.Provider provider,
        Instant now,
        Instant expiresAt)
        implements Command.OfFeature<CheckoutsInBatch, OpenCheckout.Ordered> {

    /** What was ordered; the description is for the customer. */
    record Ordered(
            UUID checkoutId,
            String packId,
            Credits credits,
            Money price,
            String description,
            Instant createdAt,
            Instant expiresAt) {}

    @Override
    public byte[] fingerprint(Salt salt) {
        return new CanonicalForm().add("checkout").add(packId).sha256();
    }

    @Override
    public Class<CheckoutsInBatch> decidedWith() {
        return CheckoutsInBatch.class;
    }

    @Override
    public Class<Ordered> answerType() {
        return Ordered.class;
    }

    @Override
    public Change<Ordered> decide(CheckoutsInBatch checkouts, AccountView account) {
        if (pack == null) {
            return Change.refused(Packs.noSuchPack(packId));
        }
        if (!pack.active()) {
            return Change.refused(Refusal.of(
                    Refusal.Code.PACK_INACTIVE,
                    "The pack %s cannot be bought any more. GET /v1/packs?active=true lists those that can."
                            .formatted(packId)));
        }
        return Change.accepted(() -> order(checkouts, pack, account));
    }

    private Ordered order(CheckoutsInBatch checkouts, Packs.Offered offered, AccountView account) {
        UUID id = account.nextId();
        account.inBatch(PaymentsInBatch.class)
                .order(
                        new Purchase(accountId, Purchase.Kind.CHECKOUT, id),
                        offered.credits(),
                        offered.price(),
                        provider,
                        now);
        checkouts.order(
                new Checkout(accountId, id, packId, offered.version(), expiresAt, CheckoutStatus.OPEN, null, false));
        return new Ordered(id, packId, offered.credits(), offered.price(), offered.name(), now, expiresAt);
    }
}

package ai.mavster.credits.checkout.order;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/** Reads who gets receipts. */
@Singleton
class BuyerRepository implements PanacheRepositoryBase<BuyerRow, String> {

    /** Null: unknown. */
    @Nullable
    String email(String accountId) {
        return QuarkusTransaction.requiringNew()
                .call(() -> findByIdOptional(accountId)
                        .map(buyer -> buyer.billingEmail)
                        .orElse(null));
    }
}

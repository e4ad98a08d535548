package ai.mavster.credits.payment.stripe.customer;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Objects;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

/** The customers that accounts are at Stripe. Each method runs within the caller's transaction. */
@Singleton
class StripeCustomerRepository implements PanacheRepositoryBase<StripeCustomer, String> {

    private final Session session;

    StripeCustomerRepository(Session session) {
        this.session = session;
    }

    /** Null: the account has none. */
    @Nullable
    String customerOf(String accountId) {
        return find("accountId", accountId)
                .singleResultOptional()
                .map(customer -> customer.customerId)
                .orElse(null);
    }

    /** Of several processes that do so at once one has its way. Returns the customer that the account has then. */
    String keep(String accountId, String customerId, Instant now) {
        session.createMutationQuery(
                        "insert into StripeCustomer (accountId, customerId, createdAt) values (:account, :customer, :now)"
                                + " on conflict do nothing")
                .setParameter("account", accountId)
                .setParameter("customer", customerId)
                .setParameter("now", now)
                .executeUpdate();
        return Objects.requireNonNull(customerOf(accountId));
    }

    /** The account is no longer that customer. */
    void forget(String accountId, String customerId) {
        delete("accountId = ?1 and customerId = ?2", accountId, customerId);
    }

    /** Null: it has none, or there is no such account. */
    @Nullable
    String nameOf(String accountId) {
        BilledAccount account = session.find(BilledAccount.class, accountId);
        return account == null ? null : account.name;
    }
}

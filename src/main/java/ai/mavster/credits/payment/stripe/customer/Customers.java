package ai.mavster.credits.payment.stripe.customer;

import ai.mavster.credits.payment.GatewayFailure;
import ai.mavster.credits.payment.stripe.client.StripeApi;
import com.stripe.model.Customer;
import com.stripe.param.CustomerCreateParams;
import com.stripe.param.CustomerUpdateParams;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The one customer that an account is at Stripe, where its cards are saved. */
@Singleton
public class Customers {

    /** The metadata that says which account a customer, a subscription or a payment is of. */
    public static final String ACCOUNT_ID = "account_id";

    private final StripeApi stripe;
    private final StripeCustomerRepository repository;
    private final Clock clock;

    Customers(StripeApi stripe, StripeCustomerRepository repository, Clock clock) {
        this.stripe = stripe;
        this.repository = repository;
        this.clock = clock;
    }

    /**
     * An account's customer, under the account's present name and address; made where there is none.
     *
     * @param email null: it is not known
     * @throws GatewayFailure also if the customer is another account's
     */
    public Customer of(String accountId, @Nullable String email) {
        Customer customer = existing(accountId);
        String name = inTransaction(() -> repository.nameOf(accountId));
        CustomerUpdateParams.Builder changes = CustomerUpdateParams.builder();
        boolean otherEmail = email != null && !email.equals(customer.getEmail());
        boolean otherName = name != null && !name.equals(customer.getName());
        if (!otherEmail && !otherName) {
            return customer;
        }
        if (otherEmail) {
            changes.setEmail(email);
        }
        if (otherName) {
            changes.setName(name);
        }
        return stripe.ask(services -> services.customers().update(customer.getId(), changes.build()));
    }

    /** The id of an account's customer; null: it has none, so nothing was ever paid by it. */
    public @Nullable String idOf(String accountId) {
        return inTransaction(() -> repository.customerOf(accountId));
    }

    /** Makes a customer that was made elsewhere an account's, unless it has one, or that one is another's. */
    public void adopt(String accountId, String customerId) {
        if (idOf(accountId) != null) {
            return;
        }
        Customer customer = stripe.find(services -> services.customers().retrieve(customerId))
                .orElse(null);
        if (customer == null || Boolean.TRUE.equals(customer.getDeleted())) {
            return;
        }
        String account = accountOf(customer);
        if (account == null) {
            CustomerUpdateParams naming = CustomerUpdateParams.builder()
                    .putMetadata(ACCOUNT_ID, accountId)
                    .build();
            stripe.ask(services -> services.customers().update(customerId, naming));
        } else if (!account.equals(accountId)) {
            return;
        }
        inTransaction(() -> repository.keep(accountId, customerId, clock.instant()));
    }

    private Customer existing(String accountId) {
        String id = idOf(accountId);
        if (id == null) {
            return created(accountId, "customer:" + accountId);
        }
        Customer customer =
                stripe.find(services -> services.customers().retrieve(id)).orElse(null);
        if (customer == null || Boolean.TRUE.equals(customer.getDeleted())) {
            inTransaction(() -> {
                repository.forget(accountId, id);
                return id;
            });
            return created(accountId, "customer:" + accountId + ":after:" + id);
        }
        return checked(accountId, customer);
    }

    /** Another account's card must not pay, whatever the row says. */
    private static Customer checked(String accountId, Customer customer) {
        if (!accountId.equals(accountOf(customer))) {
            throw GatewayFailure.nothingDone("The customer at Stripe is not this account's", null, null);
        }
        return customer;
    }

    /** Which account a customer is; null: it does not say. */
    public static @Nullable String accountOf(Customer customer) {
        Map<String, String> metadata = customer.getMetadata();
        return metadata == null ? null : metadata.get(ACCOUNT_ID);
    }

    /** Always asked for in the same words, so that the key answers a repeat. */
    private Customer created(String accountId, String key) {
        CustomerCreateParams wanted = CustomerCreateParams.builder()
                .putMetadata(ACCOUNT_ID, accountId)
                .build();
        Customer made = stripe.ask(services -> services.customers().create(wanted, StripeApi.under(key)));
        String kept =
                Objects.requireNonNull(inTransaction(() -> repository.keep(accountId, made.getId(), clock.instant())));
        return kept.equals(made.getId())
                ? made
                : checked(accountId, stripe.ask(services -> services.customers().retrieve(kept)));
    }

    private static <T> @Nullable T inTransaction(Supplier<@Nullable T> work) {
        return QuarkusTransaction.requiringNew().call(work::get);
    }
}

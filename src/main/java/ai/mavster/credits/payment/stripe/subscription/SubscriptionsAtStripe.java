package ai.mavster.credits.payment.stripe.subscription;

import ai.mavster.credits.payment.stripe.client.StripeApi;
import ai.mavster.credits.payment.stripe.client.StripeSettings;
import ai.mavster.credits.payment.stripe.client.StripeSettings.GrantOn;
import ai.mavster.credits.payment.stripe.customer.Customers;
import ai.mavster.credits.subscription.terms.PaidTime;
import ai.mavster.credits.subscription.terms.SubscriptionStatus;
import com.stripe.model.Customer;
import com.stripe.model.Invoice;
import com.stripe.model.InvoiceLineItem;
import com.stripe.model.Price;
import com.stripe.model.Product;
import com.stripe.model.Subscription;
import com.stripe.model.SubscriptionItem;
import com.stripe.param.InvoiceListParams;
import com.stripe.param.SubscriptionRetrieveParams;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Asks Stripe for what a subscription is now. */
@Singleton
class SubscriptionsAtStripe {

    /** A product's metadata that names a plan, where its prices have other lookup keys. */
    private static final String PLAN = "credits_plan";

    /** Of monthly invoices more than a year: what was paid for earlier lies before any gap that matters. */
    private static final long INVOICES = 24;

    private final StripeApi stripe;
    private final GrantOn grantOn;

    SubscriptionsAtStripe(StripeApi stripe, StripeSettings settings) {
        this.stripe = stripe;
        this.grantOn = settings.grantOn();
    }

    /** Empty: there is no such one. */
    Optional<Subscription> find(String id) {
        SubscriptionRetrieveParams with = SubscriptionRetrieveParams.builder()
                .addExpand("customer")
                .addExpand("items.data.price.product")
                .build();
        return stripe.find(services -> services.subscriptions().retrieve(id, with));
    }

    /** Which subscription an invoice is of; null: of none, or there is no such invoice. */
    @Nullable
    String ofInvoice(String invoiceId) {
        return stripe.find(services -> services.invoices().retrieve(invoiceId))
                .map(Invoice::getParent)
                .map(Invoice.Parent::getSubscriptionDetails)
                .map(Invoice.Parent.SubscriptionDetails::getSubscription)
                .orElse(null);
    }

    /** Asks for its invoices too, where these matter. */
    PresentSubscription present(Subscription found, SubscriptionStatus status) {
        return new PresentSubscription(
                found.getId(),
                planOf(found),
                status,
                Instant.ofEpochSecond(found.getBillingCycleAnchor()),
                Boolean.TRUE.equals(found.getCancelAtPeriodEnd()),
                Instant.ofEpochSecond(found.getCreated()),
                grantOn == GrantOn.INVOICE_PAID ? paid(found) : null);
    }

    /** Null: it does not say. */
    static @Nullable String accountOf(Subscription found) {
        String own = found.getMetadata() == null ? null : found.getMetadata().get(Customers.ACCOUNT_ID);
        Customer customer = found.getCustomerObject();
        return own != null || customer == null ? own : Customers.accountOf(customer);
    }

    /** Of several items the first one that says so; null: none does. */
    static @Nullable String planOf(Subscription found) {
        return found.getItems().getData().stream()
                .map(SubscriptionItem::getPrice)
                .map(SubscriptionsAtStripe::planOf)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private static @Nullable String planOf(Price price) {
        Product product = price.getProductObject();
        String named = product == null || product.getMetadata() == null
                ? null
                : product.getMetadata().get(PLAN);
        return named == null ? price.getLookupKey() : named;
    }

    private PaidTime paid(Subscription found) {
        InvoiceListParams asked = InvoiceListParams.builder()
                .setSubscription(found.getId())
                .setStatus(InvoiceListParams.Status.PAID)
                .setLimit(INVOICES)
                .build();
        List<Invoice> invoices =
                stripe.ask(services -> services.invoices().list(asked)).getData();
        return PaidInvoices.last(
                invoices.stream()
                        .flatMap(invoice -> invoice.getLines().getData().stream())
                        .flatMap(line -> paidFor(line, found.getId()))
                        .toList(),
                Instant.ofEpochSecond(found.getStartDate()));
    }

    /** A difference that is charged or given back in mid-period pays for no period. */
    private static Stream<PaidTime> paidFor(InvoiceLineItem line, String subscriptionId) {
        InvoiceLineItem.Parent.SubscriptionItemDetails of =
                line.getParent() == null ? null : line.getParent().getSubscriptionItemDetails();
        boolean ofAPeriod = of != null
                && subscriptionId.equals(of.getSubscription())
                && !Boolean.TRUE.equals(of.getProration())
                && line.getPeriod().getStart() < line.getPeriod().getEnd();
        return ofAPeriod
                ? Stream.of(new PaidTime(
                        Instant.ofEpochSecond(line.getPeriod().getStart()),
                        Instant.ofEpochSecond(line.getPeriod().getEnd())))
                : Stream.empty();
    }
}

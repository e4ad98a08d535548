package ai.mavster.credits.payment.stripe;

import ai.mavster.credits.http.PublicUrl;
import ai.mavster.credits.payment.GatewayFailure;
import ai.mavster.credits.payment.PaymentGateway.Order;
import ai.mavster.credits.payment.ProviderPayment;
import ai.mavster.credits.payment.stripe.client.StripeApi;
import ai.mavster.credits.payment.stripe.customer.Customers;
import com.stripe.exception.CardException;
import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.StripeException;
import com.stripe.model.Customer;
import com.stripe.model.PaymentIntent;
import com.stripe.model.PaymentMethod;
import com.stripe.model.StripeError;
import com.stripe.param.PaymentIntentConfirmParams;
import com.stripe.param.PaymentIntentCreateParams;
import com.stripe.param.PaymentMethodListParams;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Payments with a saved card, while the customer is not there. Of several cards it is the customer's default one, else
 * the one that was saved last.
 */
@Singleton
class CardCharges {

    private static final String REPLAYED = "Idempotent-Replayed";

    private final StripeApi stripe;
    private final Customers customers;
    private final PresentPayments present;
    private final ExistingPayments existing;
    private final String back;

    CardCharges(
            StripeApi stripe,
            Customers customers,
            PresentPayments present,
            ExistingPayments existing,
            PublicUrl publicUrl) {
        this.stripe = stripe;
        this.customers = customers;
        this.present = present;
        this.existing = existing;
        this.back = publicUrl + "/billing";
    }

    ProviderPayment charge(Order order, long units, @Nullable String paymentMethod) {
        Customer customer = customers.of(order.purchase().accountId(), order.email());
        String method = paymentMethod == null ? saved(customer) : paymentMethod;
        PaymentIntent intent;
        try {
            intent = created(order, units, customer.getId(), method);
        } catch (GatewayFailure failure) {
            return before(order, failure);
        }
        return present.of(toBeConfirmed(intent) ? confirmed(order, intent) : intent);
    }

    /**
     * What was made nevertheless: the key answers for ever what it has answered first, be that a fault of Stripe's own;
     * and it refuses what is asked for in other words, as after a change of the card.
     */
    private ProviderPayment before(Order order, GatewayFailure failure) {
        List<ProviderPayment> payments;
        try {
            payments = existing.paymentsFor(order.purchase());
        } catch (GatewayFailure again) {
            failure.addSuppressed(again);
            throw failure;
        }
        return payments.stream().findFirst().orElseThrow(() -> failure);
    }

    private @Nullable String saved(Customer customer) {
        String chosen = customer.getInvoiceSettings() == null
                ? null
                : customer.getInvoiceSettings().getDefaultPaymentMethod();
        if (chosen != null) {
            return chosen;
        }
        PaymentMethodListParams asked = PaymentMethodListParams.builder()
                .setCustomer(customer.getId())
                .setLimit(1L)
                .build();
        return stripe.ask(services -> services.paymentMethods().list(asked)).getData().stream()
                .findFirst()
                .map(PaymentMethod::getId)
                .orElse(null);
    }

    private PaymentIntent created(Order order, long units, String customer, @Nullable String method) {
        String key = order.purchase().id().toString();
        PaymentIntentCreateParams.Builder wanted = wanted(order, units, customer);
        return present(stripe.ask(services -> {
            if (method == null) {
                return services.paymentIntents().create(wanted.build(), StripeApi.under(key));
            }
            PaymentIntentCreateParams withCard = wanted.setConfirm(true)
                    .setOffSession(true)
                    .setErrorOnRequiresAction(false)
                    .setPaymentMethod(method)
                    .setReturnUrl(back)
                    .build();
            try {
                return services.paymentIntents().create(withCard, StripeApi.under(key));
            } catch (CardException declined) {
                return declined(declined);
            }
        }));
    }

    private static PaymentIntentCreateParams.Builder wanted(Order order, long units, String customer) {
        return PaymentIntentCreateParams.builder()
                .setAmount(units)
                .setCurrency(CheckoutPages.lowerCase(order))
                .setCustomer(customer)
                .setDescription(order.description())
                .putAllMetadata(PurchaseMetadata.of(order.purchase()))
                .addExpand(PresentPayments.CHARGE);
    }

    /** The payment that was declined comes with the error. */
    private static PaymentIntent declined(CardException declined) throws StripeException {
        StripeError error = declined.getStripeError();
        if (error == null || error.getPaymentIntent() == null) {
            throw declined;
        }
        return error.getPaymentIntent();
    }

    /** As it is now: an answer may be that of the first time, and an error's payment has its charge not expanded. */
    private PaymentIntent present(PaymentIntent answered) {
        boolean now = answered.getLastResponse() != null
                && answered.getLastResponse().headers().firstValue(REPLAYED).isEmpty();
        if (now) {
            return answered;
        }
        return Objects.requireNonNull(present.intent(answered.getId()));
    }

    private static boolean toBeConfirmed(PaymentIntent intent) {
        return intent.getStatus().equals("requires_payment_method")
                && intent.getLastPaymentError() != null
                && IntentStatus.isToBeConfirmed(intent.getLastPaymentError().getCode());
    }

    /** Tries once more as if the customer were there: then Stripe has a page where it can be confirmed. */
    private PaymentIntent confirmed(Order order, PaymentIntent intent) {
        PaymentMethod method = intent.getLastPaymentError().getPaymentMethod();
        PaymentIntentConfirmParams wanted = PaymentIntentConfirmParams.builder()
                .setOffSession(false)
                .setPaymentMethod(method == null ? null : method.getId())
                .setReturnUrl(back)
                .addExpand(PresentPayments.CHARGE)
                .build();
        return present(stripe.ask(services -> {
            try {
                return services.paymentIntents()
                        .confirm(
                                intent.getId(),
                                wanted,
                                StripeApi.under(order.purchase().id() + ":confirm"));
            } catch (CardException declined) {
                return declined(declined);
            } catch (InvalidRequestException asItIs) {
                return intent;
            }
        }));
    }
}

package ai.mavster.credits.payment.stripe;

import ai.mavster.credits.InvalidInput;
import ai.mavster.credits.Money;
import ai.mavster.credits.payment.ProviderPayment;
import ai.mavster.credits.payment.Purchase;
import ai.mavster.credits.payment.stripe.client.StripeApi;
import com.stripe.model.Charge;
import com.stripe.model.Dispute;
import com.stripe.model.PaymentIntent;
import com.stripe.model.StripeError;
import com.stripe.model.checkout.Session;
import com.stripe.param.DisputeListParams;
import com.stripe.param.PaymentIntentRetrieveParams;
import com.stripe.param.checkout.SessionListParams;
import com.stripe.param.checkout.SessionRetrieveParams;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Payments as Stripe has them now. One is a payment intent, with the charge that has paid it; or a page, as long as
 * nothing was tried there.
 */
@Singleton
public class PresentPayments {

    static final String CHARGE = "latest_charge";

    private static final String INTENTS = "pi_";
    private static final String PAGES = "cs_";

    /** A dispute in one of these has taken the money. A warning has not yet, and one that is won or prevented does not. */
    private static final Set<String> TAKEN = Set.of("needs_response", "under_review", "lost");

    private static final long ALL = 100;

    private final StripeApi stripe;

    PresentPayments(StripeApi stripe) {
        this.stripe = stripe;
    }

    static boolean isPage(String id) {
        return id.startsWith(PAGES);
    }

    /** Null: there is no such payment. Blocks. */
    public @Nullable ProviderPayment of(String id) {
        if (isPage(id)) {
            Session page = page(id);
            return page == null ? null : of(page);
        }
        PaymentIntent intent = id.startsWith(INTENTS) ? intent(id) : null;
        return intent == null ? null : of(intent);
    }

    @Nullable
    PaymentIntent intent(String id) {
        PaymentIntentRetrieveParams with =
                PaymentIntentRetrieveParams.builder().addExpand(CHARGE).build();
        return stripe.find(services -> services.paymentIntents().retrieve(id, with))
                .orElse(null);
    }

    private @Nullable Session page(String id) {
        SessionRetrieveParams with = SessionRetrieveParams.builder()
                .addExpand("payment_intent." + CHARGE)
                .build();
        return stripe.find(services -> services.checkout().sessions().retrieve(id, with))
                .orElse(null);
    }

    /** What is paid at a page; with its intent expanded. */
    ProviderPayment of(Session page) {
        PaymentIntent intent = page.getPaymentIntentObject();
        return intent == null
                ? new ProviderPayment(
                        page.getId(),
                        PurchaseMetadata.read(page.getMetadata()),
                        IntentStatus.ofPage(page.getStatus()),
                        MinorUnits.money(page.getAmountTotal(), page.getCurrency()),
                        null,
                        null,
                        null,
                        null,
                        Instant.ofEpochSecond(page.getCreated()),
                        null)
                : of(intent, page.getStatus());
    }

    ProviderPayment of(PaymentIntent intent) {
        return of(intent, null);
    }

    /** Empty: it is in a currency that this service does not know, so it is none of its own. */
    Optional<ProviderPayment> ofAny(PaymentIntent intent) {
        try {
            return Optional.of(of(intent));
        } catch (InvalidInput other) {
            return Optional.empty();
        }
    }

    private ProviderPayment of(PaymentIntent intent, @Nullable String pageStatus) {
        Purchase purchase = PurchaseMetadata.read(intent.getMetadata());
        boolean atPage = purchase != null && purchase.kind() == Purchase.Kind.CHECKOUT;
        StripeError error = intent.getLastPaymentError();
        String code = error == null ? null : error.getCode();
        String page = pageStatus == null && IntentStatus.goesByPage(intent.getStatus(), atPage)
                ? pageOf(intent.getId()).map(Session::getStatus).orElse(null)
                : pageStatus;
        ProviderPayment.Status status = IntentStatus.of(intent.getStatus(), atPage, code, page);
        boolean paid = status == ProviderPayment.Status.PAID;
        Charge charge = paid ? intent.getLatestChargeObject() : null;
        return new ProviderPayment(
                intent.getId(),
                purchase,
                status,
                MinorUnits.money(paid ? intent.getAmountReceived() : intent.getAmount(), intent.getCurrency()),
                charge == null ? null : lost(charge.getAmountRefunded(), intent),
                charge != null && Boolean.TRUE.equals(charge.getDisputed()) ? disputed(intent) : null,
                status == ProviderPayment.Status.DECLINED ? declineCode(error) : null,
                status == ProviderPayment.Status.CONFIRMATION_NEEDED ? redirect(intent) : null,
                Instant.ofEpochSecond(intent.getCreated()),
                paid ? Instant.ofEpochSecond(charge == null ? intent.getCreated() : charge.getCreated()) : null);
    }

    /** The page that an intent is paid at; empty: at none. */
    Optional<Session> pageOf(String intentId) {
        SessionListParams asked = SessionListParams.builder()
                .setPaymentIntent(intentId)
                .setLimit(1L)
                .build();
        return stripe.ask(services -> services.checkout().sessions().list(asked)).getData().stream()
                .findFirst();
    }

    private @Nullable Money disputed(PaymentIntent intent) {
        DisputeListParams asked = DisputeListParams.builder()
                .setPaymentIntent(intent.getId())
                .setLimit(ALL)
                .build();
        List<Dispute> disputes =
                stripe.ask(services -> services.disputes().list(asked)).getData();
        return lost(
                disputes.stream()
                        .filter(dispute -> TAKEN.contains(dispute.getStatus()))
                        .mapToLong(Dispute::getAmount)
                        .sum(),
                intent);
    }

    private static @Nullable Money lost(long units, PaymentIntent intent) {
        return units == 0 ? null : MinorUnits.money(units, intent.getCurrency());
    }

    private static String declineCode(@Nullable StripeError error) {
        if (error == null || error.getCode() == null) {
            return "no_payment_method";
        }
        return error.getDeclineCode() == null ? error.getCode() : error.getDeclineCode();
    }

    /** Null: there is no page for it, only a program of the provider's for browsers. */
    private static @Nullable String redirect(PaymentIntent intent) {
        return intent.getNextAction() == null || intent.getNextAction().getRedirectToUrl() == null
                ? null
                : intent.getNextAction().getRedirectToUrl().getUrl();
    }
}

package ai.mavster.credits.portal.buying;

import ai.mavster.credits.Credits;
import ai.mavster.credits.Money;
import ai.mavster.credits.account.AccountSummary;
import ai.mavster.credits.checkout.CreditPrice;
import ai.mavster.credits.checkout.Packs;
import ai.mavster.credits.checkout.order.Purchases;
import ai.mavster.credits.recharge.AutoRecharges;
import ai.mavster.credits.recharge.terms.RechargeSettings;
import ai.mavster.credits.recharge.terms.RechargeStatus;
import io.quarkus.qute.TemplateData;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the page shows.
 *
 * @param offered whether anything can be bought: there is a payment provider, and the account is not closed
 * @param payments whether there is a payment provider
 * @param outcome how the customer has come back from the provider's page
 * @param key of a purchase, so that a form that is sent twice buys once
 */
@TemplateData
public record TopUp(
        boolean offered,
        boolean payments,
        Outcome outcome,
        List<PackOnSale> packs,
        List<Line> purchases,
        AutoRecharges.Present recharge,
        List<RechargeLine> recharges,
        String key) {

    /** Why auto-recharge was switched off, as a key of the texts; null: the service has not. */
    public @Nullable String switchedOff() {
        RechargeSettings.SwitchedOff why = recharge.settings().switchedOff();
        return why == null ? null : "recharge.switched_off." + why.id();
    }

    /** How a customer has come back. */
    @TemplateData
    public enum Outcome {
        /** From nowhere. */
        NONE,
        /** Paid, and the top-up is not there yet. */
        CONFIRMING,
        /** Paid, and credited. */
        CREDITED,
        CANCELED;

        static Outcome of(@Nullable String said, List<Line> purchases) {
            if (said == null || purchases.isEmpty()) {
                return NONE;
            }
            PurchaseState last = purchases.get(0).state();
            return switch (said) {
                case "paid" -> last == PurchaseState.PAID ? CREDITED : last == PurchaseState.OPEN ? CONFIRMING : NONE;
                case "canceled" -> last.isOpen() || last == PurchaseState.CANCELED ? CANCELED : NONE;
                default -> NONE;
            };
        }

        public boolean isConfirming() {
            return this == CONFIRMING;
        }

        public boolean isCredited() {
            return this == CREDITED;
        }

        public boolean isCanceled() {
            return this == CANCELED;
        }
    }

    /**
     * @param thousand what a thousand of its credits cost; null: less than there are coins for
     * @param then the balance, once it is bought
     */
    @TemplateData
    public record PackOnSale(
            String packId,
            String name,
            Credits credits,
            Money price,
            @Nullable Money thousand,
            Credits then) {

        static PackOnSale of(Packs.Offered pack, AccountSummary account) {
            Money thousand = new CreditPrice(pack.credits(), pack.price(), Instant.EPOCH)
                    .of(Credits.of(1_000))
                    .orElse(null);
            Credits owed = account.owed().min(pack.credits());
            return new PackOnSale(
                    pack.packId(),
                    pack.name(),
                    pack.credits(),
                    pack.price(),
                    thousand,
                    account.balance().plus(pack.credits()).minus(owed));
        }
    }

    /** A recharge; {@code confirmationUrl} is where it is confirmed: null where that is not needed. */
    @TemplateData
    public record RechargeLine(
            Instant at,
            Credits credits,
            Money price,
            RechargeStatus status,
            @Nullable String confirmationUrl) {

        static RechargeLine of(AutoRecharges.Made made) {
            return new RechargeLine(made.at(), made.credits(), made.price(), made.status(), made.confirmationUrl());
        }

        public String textKey() {
            return "recharge.status." + status.id();
        }

        public String tone() {
            return switch (status) {
                case SUCCEEDED -> "good";
                case DECLINED, UNCREDITED -> "bad";
                case CONFIRMATION_NEEDED -> "warn";
                case CREATED, CHARGING, UNKNOWN, PENDING, EXPIRED -> "";
            };
        }
    }

    /**
     * @param page where it can be paid still; null: nowhere
     */
    @TemplateData
    public record Line(
            Instant at,
            Credits credits,
            Money price,
            PurchaseState state,
            @Nullable String page) {

        static Line of(Purchases.Bought bought) {
            PurchaseState state = PurchaseState.of(bought.status(), bought.payment());
            return new Line(
                    bought.payment().orderedAt(),
                    bought.payment().credits(),
                    bought.payment().price(),
                    state,
                    state.isOpen() ? bought.page() : null);
        }

        public String textKey() {
            return "top_up.state." + state.id();
        }
    }
}

package ai.mavster.credits.recharge;

import ai.mavster.credits.Credits;
import ai.mavster.credits.ledger.AccountView;
import ai.mavster.credits.recharge.terms.RechargeSettings;
import ai.mavster.credits.subscription.SubscriptionView;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Auto-recharge of an account as of one moment. */
@Schema(
        name = "AutoRecharge",
        description = "How the account buys credits by itself where it runs low.",
        examples = """
        {"enabled": true, "threshold": 500, "credits_to_add": 1000, "top_up_to": null, "limit_per_period": 4000,\
         "payment_method": null, "recharged": 1000, "in_flight": false, "failures": 0, "paused_until": null, "switched_off": null}""")
public record AutoRecharge(
        @Schema(description = "Whether a recharge is made where what is available falls below the threshold.")
        boolean enabled,

        @Schema(
                description = "Below it a recharge is made, on it none. Null: not set, as of the following.",
                examples = "500")
        @Nullable
        Credits threshold,

        @Schema(description = "How many credits a recharge adds.", examples = "1000") @Nullable
        Credits creditsToAdd,

        @Schema(description = "Or up to how many available ones it fills up.", examples = "2000") @Nullable
        Credits topUpTo,

        @Schema(
                description = "How many credits recharges may add within a month of the subscription.",
                examples = "4000")
        @Nullable
        Credits limitPerPeriod,

        @Schema(description = "Null: the account's default one at the payment provider.", examples = "card_ok")
        @Nullable
        String paymentMethod,

        @Schema(description = "How many recharges have added in the current month, or are about to.", examples = "1000")
        Credits recharged,

        @Schema(description = "Whether a recharge is under way: until it has ended no other one is made.")
        boolean inFlight,

        @Schema(description = "How many recharges have failed in a row.", examples = "0")
        int failures,

        @Schema(
                description =
                        "After failures: no recharge is made before this, by the real time. Null: that is no matter of time.")
        @Nullable
        Instant pausedUntil,

        @Schema(description = "Why the service has switched it off; null: it has not.")
        RechargeSettings.@Nullable SwitchedOff switchedOff) {

    /** As it is within a batch, or where accounts are read. */
    public static AutoRecharge of(AccountView account) {
        RechargeSettings settings = account.inBatch(RechargesInBatch.class).settings(account.accountId());
        return new AutoRecharge(
                settings.enabled(),
                settings.terms().threshold(),
                settings.terms().creditsToAdd(),
                settings.terms().topUpTo(),
                settings.terms().limitPerPeriod(),
                settings.terms().paymentMethod(),
                recharged(settings, account),
                settings.inFlight() != null,
                settings.pause().failures(),
                settings.pause().notBefore(),
                settings.switchedOff());
    }

    private static Credits recharged(RechargeSettings settings, AccountView account) {
        return SubscriptionView.of(account) == null
                ? Credits.ZERO
                : settings.counted().in(RechargeTrigger.periodStart(account)).credits();
    }
}

package ai.mavster.credits.recharge.announced;

import ai.mavster.credits.Credits;
import ai.mavster.credits.event.Announcement;
import ai.mavster.credits.ledger.AccountView;
import ai.mavster.credits.ledger.posting.PublicId;
import ai.mavster.credits.payment.Payment;
import ai.mavster.credits.recharge.terms.RechargeSettings;
import ai.mavster.credits.recharge.terms.RechargeStatus;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What is announced of recharges. */
public final class Announcements {

    private Announcements() {}

    /**
     * That a recharge has come to another status.
     *
     * @param settings as they are then
     * @return null: nobody has to know
     */
    public static @Nullable Announcement of(
            RechargeStatus now, Payment payment, RechargeSettings settings, AccountView account) {
        return switch (now) {
            case CREATED, CHARGING, UNKNOWN, PENDING -> null;
            case CONFIRMATION_NEEDED ->
                new RechargeConfirmationNeeded(
                        id(payment), payment.credits(), payment.price(), payment.confirmationUrl());
            case SUCCEEDED ->
                new RechargeSucceeded(
                        id(payment),
                        payment.credits(),
                        payment.price(),
                        PublicId.GRANT.of(Objects.requireNonNull(payment.grantId())),
                        account.balance(),
                        account.held(),
                        account.available());
            case DECLINED -> failed(payment, RechargeFailed.Reason.DECLINED, settings);
            case EXPIRED -> failed(payment, RechargeFailed.Reason.EXPIRED, settings);
            case UNCREDITED -> failed(payment, RechargeFailed.Reason.UNCREDITED, settings);
        };
    }

    private static RechargeFailed failed(Payment payment, RechargeFailed.Reason reason, RechargeSettings settings) {
        return new RechargeFailed(
                id(payment),
                reason,
                payment.declineCode(),
                payment.credits(),
                payment.price(),
                limit(settings),
                settings.pause().failures(),
                settings.pause().notBefore(),
                settings.enabled());
    }

    /** That a recharge of so many credits does not fit within the limit. */
    public static Announcement limitReached(RechargeSettings settings, Credits credits) {
        return new RechargeFailed(
                null,
                RechargeFailed.Reason.LIMIT_REACHED,
                null,
                credits,
                null,
                limit(settings),
                settings.pause().failures(),
                null,
                settings.enabled());
    }

    /** It is null only where the owner has switched it off and taken it back while the recharge was under way. */
    private static @Nullable Credits limit(RechargeSettings settings) {
        return settings.terms().limitPerPeriod();
    }

    private static String id(Payment payment) {
        return PublicId.RECHARGE.of(payment.paymentId());
    }
}

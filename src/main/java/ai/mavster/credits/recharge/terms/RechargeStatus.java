package ai.mavster.credits.recharge.terms;

import ai.mavster.credits.EnumId;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** How far a recharge is. */
@Schema(name = "RechargeStatus")
public enum RechargeStatus {
    /** The provider was not asked yet. */
    CREATED,
    /** The provider is being asked, or has certainly done nothing yet. */
    CHARGING,
    /** The provider was asked and gave no answer: it is asked again under the same key. */
    UNKNOWN,
    /** The provider works on it. */
    PENDING,
    /** The customer has to confirm it. */
    CONFIRMATION_NEEDED,
    /** Paid and credited. */
    SUCCEEDED,
    /** Paid and not credited: a person has to see to it. */
    UNCREDITED,
    /** Declined. */
    DECLINED,
    /** Ended without being paid: it was not confirmed in time, or the provider could not be asked. */
    EXPIRED;

    public String id() {
        return EnumId.of(this);
    }

    /** Whether it may still end either way. */
    public boolean isOpen() {
        return switch (this) {
            case CREATED, CHARGING, UNKNOWN, PENDING, CONFIRMATION_NEEDED -> true;
            case SUCCEEDED, UNCREDITED, DECLINED, EXPIRED -> false;
        };
    }

    /** Whether it has ended without any money. */
    public boolean isFailed() {
        return this == DECLINED || this == EXPIRED;
    }
}

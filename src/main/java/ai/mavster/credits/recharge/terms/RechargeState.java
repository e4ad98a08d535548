package ai.mavster.credits.recharge.terms;

/**
 * The state machine of a recharge: what becomes of one by what is heard of it. Pure.
 *
 * <p>{@code created → charging → succeeded | declined | confirmation_needed | pending | unknown | expired}; from
 * {@code unknown}, {@code pending} and {@code confirmation_needed} to any of these again.
 */
public final class RechargeState {

    private RechargeState() {}

    /** What is heard of a recharge. */
    public enum Heard {
        /** The provider is going to be asked. */
        ASKED,
        /** It has given no answer. */
        NO_ANSWER,
        /** The payment's present state, as the following. */
        PENDING,
        CONFIRMATION_NEEDED,
        PAID,
        PAID_UNCREDITED,
        DECLINED,
        CANCELED
    }

    /** The status after it; the same where that says nothing new. */
    public static RechargeStatus after(RechargeStatus before, Heard heard) {
        return switch (heard) {
            case PAID -> RechargeStatus.SUCCEEDED;
            case PAID_UNCREDITED -> before == RechargeStatus.SUCCEEDED ? before : RechargeStatus.UNCREDITED;
            default -> before.isOpen() ? open(before, heard) : before;
        };
    }

    private static RechargeStatus open(RechargeStatus before, Heard heard) {
        return switch (heard) {
            case ASKED -> before == RechargeStatus.CREATED ? RechargeStatus.CHARGING : before;
            case NO_ANSWER -> before == RechargeStatus.CHARGING ? RechargeStatus.UNKNOWN : before;
            case PENDING -> before == RechargeStatus.CREATED ? before : RechargeStatus.PENDING;
            case CONFIRMATION_NEEDED -> RechargeStatus.CONFIRMATION_NEEDED;
            case DECLINED -> RechargeStatus.DECLINED;
            case CANCELED -> RechargeStatus.EXPIRED;
            case PAID, PAID_UNCREDITED -> before;
        };
    }
}

package ai.mavster.credits.subscription.history;

import ai.mavster.credits.EnumId;

/** What became of a subscription. */
public enum ChangeKind {
    SUBSCRIBED,
    CHANGED,
    /** A plan that was chosen for the renewal is the plan now. */
    PLAN_ENTERED,
    /** It was canceled at the end of its billing period. */
    ENDED,
    /** It was canceled as the account was closed. */
    CLOSED,
    /** It was brought over from another system. */
    IMPORTED;

    public String id() {
        return EnumId.of(this);
    }
}

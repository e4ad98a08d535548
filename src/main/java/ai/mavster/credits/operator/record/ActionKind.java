package ai.mavster.credits.operator.record;

/** What operators do. */
public enum ActionKind {
    GRANTED,
    ADJUSTED,
    VOIDED,
    REDELIVERED,
    PAYMENT_EVENT_RETRIED,
    RENEWED,
    KEY_CREATED,
    KEY_REVOKED,
    VIEWED_AS_OWNER;

    /** Whether it concerns a posting. */
    public boolean posts() {
        return this == GRANTED || this == ADJUSTED || this == VOIDED;
    }
}

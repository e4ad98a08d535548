package ai.mavster.credits;

/**
 * Ends a request with a {@link Refusal}, where nothing is left to do but to return it. Carries no stack trace, since
 * it is no fault.
 */
public final class RefusalException extends RuntimeException {

    private final transient Refusal refusal;

    public RefusalException(Refusal refusal) {
        super(refusal.code().id() + ": " + refusal.detail(), null, false, false);
        this.refusal = refusal;
    }

    public Refusal refusal() {
        return refusal;
    }
}

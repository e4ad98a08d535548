package ai.mavster.credits.http.idempotency;

/** The header that makes a repeat harmless. */
public final class IdempotencyKey {

    public static final String HEADER = "Idempotency-Key";

    /** Set to {@code true} on an answer that is the first one again. */
    public static final String REPLAYED_HEADER = "Idempotency-Replayed";

    /** One to 255 visible ASCII characters; for keys that travel in a body, too. */
    public static final String PATTERN = "[!-~]{1,255}";

    private IdempotencyKey() {}
}

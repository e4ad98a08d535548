package ai.mavster.credits.http;

import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;
import java.util.regex.Pattern;

/** The header that makes a repeat harmless. */
public final class IdempotencyKey {

    public static final String HEADER = "Idempotency-Key";

    /** Set to {@code true} on an answer that is the first one again. */
    public static final String REPLAYED_HEADER = "Idempotency-Replayed";

    /** One to 255 visible ASCII characters; for keys that travel in a body. */
    public static final String PATTERN = "[!-~]{1,255}";

    private static final Pattern FORM = Pattern.compile(PATTERN);

    private IdempotencyKey() {}

    /**
     * The request's key.
     *
     * @throws ProblemException 400 if there is none, more than one, or it is malformed
     */
    public static String of(HttpHeaders headers) {
        List<String> values = headers.getRequestHeader(HEADER);
        if (values == null || values.isEmpty()) {
            throw new ProblemException(Problems.idempotencyKeyRequired());
        }
        if (values.size() > 1) {
            throw Problems.invalidRequest(HEADER, "must be sent once");
        }
        if (!FORM.matcher(values.get(0)).matches()) {
            throw Problems.invalidRequest(HEADER, "must be 1 to 255 visible ASCII characters");
        }
        return values.get(0);
    }
}

package ai.mavster.credits.portal.session;

import ai.mavster.credits.Author;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A session that is open.
 *
 * @param returnUrl where the host application has its customer back; null: nowhere
 * @param formToken what its forms carry
 * @param expiresAt when it ends by itself
 * @param readOnly whether it is an operator's, who sees the page as its owner does
 */
public record PortalSession(
        String accountId,
        UUID sessionId,
        @Nullable String returnUrl,
        String formToken,
        Instant expiresAt,
        boolean readOnly) {

    private static final String PREFIX = "session_";

    /** The text of a session's id. */
    static final String ID = PREFIX + "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

    static String id(UUID sessionId) {
        return PREFIX + sessionId;
    }

    /** Of a text in the form of {@link #ID}. */
    static UUID sessionId(String id) {
        return UUID.fromString(id.substring(PREFIX.length()));
    }

    /** Of what is done in it. */
    public Author author() {
        return new Author(Author.Type.PAGE_SESSION, id(sessionId), "Billing page");
    }
}

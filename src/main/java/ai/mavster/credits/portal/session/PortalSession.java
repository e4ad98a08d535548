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
 */
public record PortalSession(
        String accountId, UUID sessionId, @Nullable String returnUrl, String formToken, Instant expiresAt) {

    /** Of what is done in it. */
    public Author author() {
        return new Author(Author.Type.PAGE_SESSION, "session_" + sessionId, "Billing page");
    }
}

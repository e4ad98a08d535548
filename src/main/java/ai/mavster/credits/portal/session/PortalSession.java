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
 * @param readOnly whether it is an operator's, who looks at the page as its owner sees it
 */
public record PortalSession(
        String accountId,
        UUID sessionId,
        @Nullable String returnUrl,
        String formToken,
        Instant expiresAt,
        boolean readOnly) {

    /** Of what is done in it. */
    public Author author() {
        return new Author(Author.Type.PAGE_SESSION, "session_" + sessionId, "Billing page");
    }
}

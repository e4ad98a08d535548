package ai.mavster.credits.operator.session;

import ai.mavster.credits.Author;
import io.quarkus.qute.TemplateData;
import java.time.Instant;
import java.util.UUID;

/**
 * A session that is open.
 *
 * @param author of what is done in it: its key
 * @param formToken what its forms carry
 * @param expiresAt when it ends by itself
 */
@TemplateData
public record OperatorSession(UUID sessionId, Author author, String formToken, Instant expiresAt) {}

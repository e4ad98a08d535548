package ai.mavster.credits.subscription.history;

import ai.mavster.credits.Author;
import org.jspecify.annotations.Nullable;

/**
 * Who changes a subscription, and why.
 *
 * @param reason in the caller's words
 */
public record Cause(Author author, @Nullable String reason) {

    /** Its time had come. */
    public static final Cause RENEWAL = new Cause(Author.RENEWALS, null);
}

package ai.mavster.credits.subscription.history;

import org.jspecify.annotations.Nullable;

/**
 * Who changes a subscription, and why.
 *
 * @param by the id of the caller's API key, or {@code renewal} where its time had come
 * @param reason in the caller's words
 */
public record Author(String by, @Nullable String reason) {

    public static final Author RENEWAL = new Author("renewal", null);
}

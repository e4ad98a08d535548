package ai.mavster.credits.http.body;

import ai.mavster.credits.http.Problem;
import org.jspecify.annotations.Nullable;

/**
 * One element of a list whose elements stand for themselves, so that one that is wrong does not fail the others: for
 * the fields of bodies, and {@link Elements} to open. An element is turned into its type as soon as it is read, and may
 * have at most {@link ListedReader#MOST_TOKENS} names and values.
 *
 * @param value null if there is none, or it could not be read
 * @param problem why it could not be read; its fields are named from the element on
 */
public record Listed<T>(@Nullable T value, @Nullable Problem problem) {}

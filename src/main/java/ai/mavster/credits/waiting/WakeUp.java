package ai.mavster.credits.waiting;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * These accounts may be able to spend more than before, or were closed: an event for those who wait for that, fired on
 * threads that must not be kept.
 *
 * @param accountIds null: any may, since something may have been missed
 */
public record WakeUp(@Nullable Set<String> accountIds) {}

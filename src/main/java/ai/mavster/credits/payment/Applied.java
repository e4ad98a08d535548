package ai.mavster.credits.payment;

import org.jspecify.annotations.Nullable;

/**
 * What came of a state that was applied.
 *
 * @param payment as it is then; null: there is none that it belongs to
 * @param finding what a person has to see to; null: nothing
 */
public record Applied(@Nullable Payment payment, @Nullable Finding finding) {}

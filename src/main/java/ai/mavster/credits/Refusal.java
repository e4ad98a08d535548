package ai.mavster.credits;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Understood and refused: a command that was well-formed, had no effect, and why. Not an exception, since being out of credits is an
 * ordinary answer.
 *
 * @param code the reason; the declaration order of the codes is the order in which reasons are named when several hold
 * @param detail one or two sentences for a person, with the figures and the way out
 * @param members further facts for a program, by their JSON names in the order they are shown
 */
public record Refusal(Code code, String detail, Map<String, @Nullable Object> members) {

    public Refusal {
        members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
    }

    public static Refusal of(Code code, String detail) {
        return new Refusal(code, detail, Map.of());
    }

    /** The same words wherever they are said: who may not see an account cannot tell it from one that is not there. */
    public static Refusal noSuchAccount(String accountId) {
        return of(Code.ACCOUNT_NOT_FOUND, "There is no account " + accountId + ".");
    }

    /** Why a command was refused. The HTTP status and title of each are in the {@code http} package. */
    public enum Code {
        ACCOUNT_NOT_FOUND,
        PLAN_NOT_FOUND,
        DEBIT_NOT_FOUND,
        RUN_NOT_FOUND,
        RATE_EXISTS,
        IDEMPOTENCY_KEY_REUSED,
        RUN_EXISTS,
        RUN_NOT_RUNNING,
        ACTION_NOT_PRICED,
        AMOUNT_REQUIRED,
        SUBSCRIPTION_REQUIRED,
        INSUFFICIENT_CREDITS,
        BUDGET_EXCEEDED,
        REVERSAL_EXCEEDS_DEBIT,
        BALANCE_LIMIT_EXCEEDED,
        NO_TEST_CLOCK,
        TEST_CLOCK_AHEAD;

        /** Whether it is one of the three reasons for a 402: the caller may spend again once something is paid or changed. */
        public boolean isPaymentRequired() {
            return this == SUBSCRIPTION_REQUIRED || this == INSUFFICIENT_CREDITS || this == BUDGET_EXCEEDED;
        }
    }
}

package ai.mavster.credits.ledger;

import ai.mavster.credits.Credits;
import ai.mavster.credits.Refusal;
import ai.mavster.credits.ledger.burndown.ReversibleDebit;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The ledger's own refusals, with their figures and the way out. */
public final class Refusals {

    static final Refusal KEY_REUSED = Refusal.of(
            Refusal.Code.IDEMPOTENCY_KEY_REUSED,
            "This idempotency key was used on this account for another request. Use a new key.");

    private Refusals() {}

    static Refusal insufficient(String accountId, Credits required, Credits available) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("account_id", accountId);
        members.put("required", required);
        members.put("available", available);
        members.put("shortfall", required.minus(available));
        return new Refusal(
                Refusal.Code.INSUFFICIENT_CREDITS,
                "This needs %s; %s available. Top up to go on."
                        .formatted(required.inWords(), available + (available.equals(Credits.of(1)) ? " is" : " are")),
                members,
                new Refusal.WayOut("Top up credits", "/billing/top-up", "top_up"));
    }

    public static Refusal noSuchDebit(String accountId) {
        return Refusal.of(Refusal.Code.DEBIT_NOT_FOUND, "Account " + accountId + " has no such debit.");
    }

    static Refusal reversalExceeds(ReversibleDebit debit, Credits requested) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("debit_credits", debit.taken());
        members.put("reversed", debit.taken().minus(debit.left()));
        members.put("reversible", debit.left());
        String detail = debit.left().isZero()
                ? "Nothing is left of this debit to give back."
                : "Of this debit %s can be given back, not %s."
                        .formatted(debit.left().inWords(), requested);
        return new Refusal(Refusal.Code.REVERSAL_EXCEEDS_DEBIT, detail, members);
    }

    static Refusal balanceLimit(AccountState account, Credits more) {
        return Refusal.of(
                Refusal.Code.BALANCE_LIMIT_EXCEEDED,
                "Account %s has %s; %s more cannot be counted."
                        .formatted(account.accountId(), account.balance().inWords(), more));
    }

    static Refusal noTestClock(String accountId) {
        return Refusal.of(
                Refusal.Code.NO_TEST_CLOCK,
                "Account %s goes by the real time. A test_clock is given to an account when it is created."
                        .formatted(accountId));
    }

    static Refusal testClockAhead(Instant clock) {
        return new Refusal(
                Refusal.Code.TEST_CLOCK_AHEAD,
                "The test clock stands at %s already, and never goes back.".formatted(clock),
                Map.of("test_clock", clock));
    }
}

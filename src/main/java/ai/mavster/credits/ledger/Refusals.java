package ai.mavster.credits.ledger;

import ai.mavster.credits.Credits;
import ai.mavster.credits.Refusal;
import ai.mavster.credits.ledger.burndown.OpenGrant;
import ai.mavster.credits.ledger.burndown.ReversibleDebit;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The ledger's own refusals, with their figures and the way out. */
public final class Refusals {

    private static final Refusal.WayOut TOP_UP =
            new Refusal.WayOut("Top up to go on.", "Top up credits", "/billing/top-up", "top_up");

    private static final Refusal.WayOut WAIT = new Refusal.WayOut(
            "Wait for runs to end, or end those that need theirs no longer.", "See the runs", "/billing/runs", "hold");

    private Refusals() {}

    /**
     * Where there would be enough with what others hold, to wait for it is the way out, and not to pay.
     *
     * @param required null: any would do
     * @param available with what is reserved for this
     */
    static Refusal insufficient(
            AccountState account, @Nullable Credits required, Credits available, Credits heldByOthers) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("account_id", account.accountId());
        members.put("required", required);
        members.put("available", available);
        members.put("shortfall", required == null ? null : required.minus(available));
        boolean heldSuffices = required == null
                ? heldByOthers.isPositive()
                : !available.plus(heldByOthers).isLessThan(required);
        return new Refusal(
                Refusal.Code.INSUFFICIENT_CREDITS,
                required == null ? noneAvailable(heldByOthers) : tooFew(required, available, heldByOthers),
                members,
                heldSuffices ? WAIT : TOP_UP);
    }

    private static String noneAvailable(Credits heldByOthers) {
        return heldByOthers.isPositive()
                ? "No credits are available: runs hold all there are, %s.".formatted(heldByOthers.inWords())
                : "No credits are available.";
    }

    private static String tooFew(Credits required, Credits available, Credits heldByOthers) {
        String held = heldByOthers.isPositive() ? "; runs hold %s more.".formatted(heldByOthers) : ".";
        return "This needs %s; %s available%s".formatted(required.inWords(), are(available), held);
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

    public static Refusal noSuchGrant(String accountId) {
        return Refusal.of(Refusal.Code.GRANT_NOT_FOUND, "Account " + accountId + " has no such grant.");
    }

    /** @param most what could be taken back */
    static Refusal voidExceeds(OpenGrant grant, Credits most, Credits requested) {
        Credits held = grant.remaining().minus(most);
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("grant_credits", grant.credits());
        members.put("remaining", grant.remaining());
        members.put("voidable", most);
        String detail = most.isZero()
                ? "Nothing is left of this grant to take back."
                : "Of this grant %s can be taken back, not %s.".formatted(most.inWords(), requested);
        return new Refusal(
                Refusal.Code.VOID_EXCEEDS_GRANT,
                held.isZero() ? detail : detail + " %s held until runs end.".formatted(are(held)),
                members);
    }

    static Refusal adjustmentExceeds(AccountState account, Credits requested) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("account_id", account.accountId());
        members.put("balance", account.balance());
        members.put("held", account.held());
        members.put("available", account.available());
        members.put("owed", account.owed());
        String detail = "This takes %s; %s available.".formatted(requested.inWords(), are(account.available()));
        return new Refusal(
                Refusal.Code.ADJUSTMENT_EXCEEDS_AVAILABLE,
                account.held().isZero() ? detail : detail + " %s held until runs end.".formatted(are(account.held())),
                members);
    }

    private static String are(Credits credits) {
        return credits + (credits.equals(Credits.of(1)) ? " is" : " are");
    }

    static Refusal balanceLimit(AccountState account, Credits more) {
        return Refusal.of(
                Refusal.Code.BALANCE_LIMIT_EXCEEDED,
                "Account %s has %s; %s more cannot be counted."
                        .formatted(account.accountId(), account.balance().inWords(), more));
    }

    static Refusal owedLimit(AccountState account, Credits more) {
        return Refusal.of(
                Refusal.Code.BALANCE_LIMIT_EXCEEDED,
                "Account %s owes %s; %s more cannot be counted."
                        .formatted(account.accountId(), account.owed().inWords(), more));
    }

    static Refusal notClosed(String accountId) {
        return Refusal.of(
                Refusal.Code.ACCOUNT_NOT_CLOSED,
                "Account %s is not closed. Close it first (DELETE): what is erased must not come back."
                        .formatted(accountId));
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

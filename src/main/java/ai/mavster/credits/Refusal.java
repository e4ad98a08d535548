package ai.mavster.credits;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Understood and refused: a command that was well-formed, had no effect, and why. Not an exception, since being out
 * of credits is an ordinary answer.
 *
 * @param code the reason; the declaration order of the codes is the order in which reasons are named when several
 *     hold
 * @param detail one or two sentences for a person, with the figures; the way out follows them
 * @param members further facts for a program, by their JSON names in the order they are shown
 * @param wayOut where a person can change what stands in the way; null if that is nowhere in particular
 */
public record Refusal(
        Code code,
        String detail,
        Map<String, @Nullable Object> members,
        @Nullable WayOut wayOut) {

    public Refusal {
        members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
    }

    /** A refusal without a way out. */
    public Refusal(Code code, String detail, Map<String, @Nullable Object> members) {
        this(code, detail, members, null);
    }

    public static Refusal of(Code code, String detail) {
        return new Refusal(code, detail, Map.of());
    }

    /**
     * The same words in every case: a caller who may not see an account cannot tell it from one that does not exist.
     */
    public static Refusal noSuchAccount(String accountId) {
        return of(Code.ACCOUNT_NOT_FOUND, "There is no account " + accountId + ".");
    }

    /** It is never opened again, so there is no way out. */
    public static Refusal accountClosed(String accountId, Instant closedAt) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("account_id", accountId);
        members.put("closed_at", closedAt);
        return new Refusal(
                Code.ACCOUNT_CLOSED,
                "Account %s was closed at %s: it can be read, and is never changed again."
                        .formatted(accountId, closedAt),
                members);
    }

    /** This refusal with one more member after those it has. */
    public Refusal with(String name, @Nullable Object value) {
        Map<String, @Nullable Object> more = new LinkedHashMap<>(members);
        more.put(name, value);
        return new Refusal(code, detail, more, wayOut);
    }

    /** This refusal with one more member, unless it has one of that name. */
    public Refusal withUnlessTold(String name, @Nullable Object value) {
        return members.containsKey(name) ? this : with(name, value);
    }

    /** This refusal with another way out. */
    public Refusal leadingTo(WayOut other) {
        return new Refusal(code, detail, members, other);
    }

    /**
     * What lets a refused command succeed later.
     *
     * @param advice a sentence for a person, to be read after the detail
     * @param label of a link or button, such as "Top up credits"
     * @param path of the page it leads to, below the public address; the member {@code account_id} is added as its
     *     parameter
     * @param retryableAfter the same for a program: what has to happen before the command is worth another try
     */
    public record WayOut(String advice, String label, String path, String retryableAfter) {}

    /**
     * Why a command was refused, with the HTTP status and the title of the problem that callers get, and when it is.
     */
    public enum Code {
        NOT_FOUND(404, "Not found", "There is nothing at this address."),
        ACCOUNT_NOT_FOUND(404, "Account not found", "There is no such account, or the key is bound to another one."),
        PLAN_NOT_FOUND(404, "Plan not found", "There is no such plan."),
        PACK_NOT_FOUND(404, "Pack not found", "There is no such pack."),
        PACK_INACTIVE(409, "Pack inactive", "The pack cannot be bought any more."),
        CHECKOUT_NOT_FOUND(404, "Checkout not found", "The account has no such checkout."),
        PAYMENT_PROVIDER_UNAVAILABLE(
                503,
                "Payment provider unavailable",
                "The payment provider gave no answer. Nothing was paid; a repeat with the same key goes on."),
        DEBIT_NOT_FOUND(404, "Debit not found", "The account has no such debit."),
        POSTING_NOT_FOUND(404, "Posting not found", "The account has no such posting."),
        GRANT_NOT_FOUND(404, "Grant not found", "The account has no such grant."),
        RUN_NOT_FOUND(404, "Run not found", "The account has no such run."),
        BUDGET_NOT_FOUND(404, "Budget not found", "The account has no such budget."),
        SUBSCRIPTION_NOT_FOUND(404, "Subscription not found", "The account has no subscription, and never had one."),
        PRECONDITION_FAILED(412, "Precondition failed", "It is not, or no longer, as `If-Match` asks for."),
        RATE_EXISTS(409, "Rate exists", "The action has another version with this `effective_from`."),
        CREDIT_PRICE_EXISTS(409, "Credit price exists", "There is another price with this `effective_from`."),
        PAYMENTS_NOT_CONFIGURED(
                409, "Payments not configured", "The service has no payment provider: nothing can be bought."),
        LAST_ADMIN_KEY(409, "Last admin key", "Without this key nobody could administer the service."),
        IDEMPOTENCY_KEY_REUSED(
                422, "Idempotency key reused", "The key was used on this account before, for another request."),
        RUN_EXISTS(409, "Run exists", "The run was started before, under another key."),
        RUN_NOT_RUNNING(409, "Run not running", "The run is over, or was never allowed to start."),
        RUN_QUEUE_FULL(429, "Run queue full", "As many runs of the account as may wait for credits already."),
        RUN_NESTED_TOO_DEEP(422, "Run nested too deep", "There are too many runs above this one."),
        RUN_HAS_NO_HOLD(422, "Run has no hold", "There is no hold that could last longer: send `credits`."),
        ACTION_NOT_PRICED(
                422, "Action not priced", "The rate card has no rate for the action now, or none for this quantity."),
        AMOUNT_REQUIRED(422, "Amount required", "The action has a range of prices: send `credits`."),
        ACCOUNT_CLOSED(
                409,
                "Account closed",
                "The account was closed, at `closed_at`: it can be read, and is never changed again."),
        ACCOUNT_NOT_CLOSED(409, "Account not closed", "Only a closed account is erased."),
        SUBSCRIPTION_REQUIRED(
                402, "Subscription required", "The account has no subscription under which credits may be spent."),
        INSUFFICIENT_CREDITS(402, "Insufficient credits", "Fewer credits are available than this needs."),
        BUDGET_EXCEEDED(402, "Budget exceeded", "A budget has less left than this needs."),
        REVERSAL_EXCEEDS_DEBIT(
                422, "Reversal exceeds the debit", "More was to be given back than is left of the debit."),
        VOID_EXCEEDS_GRANT(
                422, "Void exceeds the grant", "More was to be taken back than is left of the grant and is not held."),
        ADJUSTMENT_EXCEEDS_AVAILABLE(
                422, "Adjustment exceeds what is available", "More was to be taken than is left and is not held."),
        BALANCE_LIMIT_EXCEEDED(422, "Balance limit exceeded", "The balance would become too large to be counted."),
        NO_TEST_CLOCK(409, "No test clock", "The account goes by the real time."),
        TEST_CLOCK_AHEAD(
                422, "Test clock ahead", "The clock stands later already, at `test_clock`, and never goes back.");

        private final int status;
        private final String title;
        private final String meaning;

        Code(int status, String title, String meaning) {
            this.status = status;
            this.title = title;
            this.meaning = meaning;
        }

        /** The HTTP status. */
        public int status() {
            return status;
        }

        /** The reason for people, the same for every refusal with this code. */
        public String title() {
            return title;
        }

        /** When it is given, in a sentence of the contract. */
        public String meaning() {
            return meaning;
        }

        /** The reason for programs: {@code insufficient_credits}. */
        public String id() {
            return EnumId.of(this);
        }

        /** Whether the caller may spend again once something is paid or changed. */
        public boolean isPaymentRequired() {
            return status == 402;
        }
    }
}

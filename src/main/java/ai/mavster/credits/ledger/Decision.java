package ai.mavster.credits.ledger;

import ai.mavster.credits.Credits;
import ai.mavster.credits.Refusal;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The rules by which commands move credits: pure functions of an account's state, the command and the time. They change nothing; what
 * they return is posted by the {@link Journal}.
 *
 * <p>They expect an account that has been {@linkplain #expire settled} as of the same instant.
 */
final class Decision {

    private Decision() {}

    /** What is to be posted, or why nothing is. */
    sealed interface Decided {
        <T> T fold(Function<Effect, T> posted, Function<Refusal, T> refused);
    }

    /**
     * @param requested what was asked for
     * @param captured how much of it was reserved for it, and is no longer
     * @param movements the changes to the account's grants, in the order of their entries; empty where a debit was free
     */
    record Effect(Credits requested, Credits captured, List<BurnOrder.Movement> movements) implements Decided {
        @Override
        public <T> T fold(Function<Effect, T> posted, Function<Refusal, T> refused) {
            return posted.apply(this);
        }
    }

    record Refused(Refusal refusal) implements Decided {
        @Override
        public <T> T fold(Function<Effect, T> posted, Function<Refusal, T> refused) {
            return refused.apply(refusal);
        }
    }

    /**
     * @param credits what is asked for
     * @param reserved what holds reserve for this debit, which it draws on first
     * @param objections what participants have against this debit; of all reasons the first in the order of the codes is named
     */
    static Decided debit(
            AccountState account, Command.Debit debit, Credits credits, Credits reserved, List<Refusal> objections) {
        Credits available = account.available().plus(reserved);
        boolean takes = debit.onInsufficient() == Command.OnInsufficient.TAKE_AVAILABLE && available.isPositive();
        Credits charged = takes ? credits.min(available) : credits;
        Stream<Refusal> own = available.isLessThan(charged)
                ? Stream.of(insufficient(account.accountId(), charged, available))
                : Stream.empty();
        return Stream.concat(objections.stream(), own)
                .min(Comparator.comparing(Refusal::code))
                .<Decided>map(Refused::new)
                .orElseGet(() ->
                        new Effect(credits, charged.min(reserved), BurnOrder.take(account.inBurnOrder(), charged)));
    }

    /** A grant is refused only where the balance could not be counted any more. */
    static Decided grant(AccountState account, Command.Grant grant) {
        return fits(account, grant.credits())
                ? new Effect(grant.credits(), Credits.ZERO, List.of())
                : new Refused(balanceLimit(account, grant.credits()));
    }

    static Decided reversal(AccountState account, Command.Reversal reversal) {
        ReversibleDebit debit = account.reversible(reversal.debitId());
        if (debit == null) {
            return new Refused(
                    Refusal.of(Refusal.Code.DEBIT_NOT_FOUND, "Account " + account.accountId() + " has no such debit."));
        }
        Credits left = debit.left();
        Credits amount = reversal.credits() == null ? left : reversal.credits();
        if (!amount.isPositive() || left.isLessThan(amount)) {
            return new Refused(reversalExceeds(debit, amount));
        }
        return fits(account, amount)
                ? new Effect(amount, Credits.ZERO, debit.giveBack(amount))
                : new Refused(balanceLimit(account, amount));
    }

    /** What has expired and is not reserved by a hold: it is taken out, soonest expired first. */
    static List<BurnOrder.Movement> expire(AccountState account, Instant now) {
        List<OpenGrant> expired = account.inBurnOrder().stream()
                .filter(grant -> grant.isExpired(now))
                .toList();
        Credits total = expired.stream().map(OpenGrant::remaining).reduce(Credits.ZERO, Credits::plus);
        return BurnOrder.take(expired, total.min(account.available()));
    }

    /** Why a test clock cannot be set forward to there; null: it can. */
    static @Nullable Refusal advance(AccountState account, Command.Advance advance) {
        Instant clock = account.testClock();
        if (clock == null) {
            return Refusal.of(
                    Refusal.Code.NO_TEST_CLOCK,
                    "Account %s goes by the real time. A test_clock is given to an account when it is created."
                            .formatted(account.accountId()));
        }
        return advance.to().isBefore(clock)
                ? new Refusal(
                        Refusal.Code.TEST_CLOCK_AHEAD,
                        "The test clock stands at %s already, and never goes back.".formatted(clock),
                        Map.of("test_clock", clock))
                : null;
    }

    static Refusal noSuchDebit(String accountId) {
        return Refusal.of(Refusal.Code.DEBIT_NOT_FOUND, "Account " + accountId + " has no such debit.");
    }

    private static boolean fits(AccountState account, Credits more) {
        return more.millionths() <= Long.MAX_VALUE - account.balance().millionths();
    }

    private static Refusal insufficient(String accountId, Credits required, Credits available) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("account_id", accountId);
        members.put("required", required);
        members.put("available", available);
        members.put("shortfall", required.minus(available));
        return new Refusal(
                Refusal.Code.INSUFFICIENT_CREDITS,
                "This needs %s; %s available. Top up to go on."
                        .formatted(required.inWords(), available + (available.equals(Credits.of(1)) ? " is" : " are")),
                members);
    }

    private static Refusal reversalExceeds(ReversibleDebit debit, Credits requested) {
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

    private static Refusal balanceLimit(AccountState account, Credits more) {
        return new Refusal(
                Refusal.Code.BALANCE_LIMIT_EXCEEDED,
                "Account %s has %s; %s more cannot be counted."
                        .formatted(account.accountId(), account.balance().inWords(), more),
                Map.of());
    }
}

package ai.mavster.credits.ledger;

import ai.mavster.credits.Credits;
import ai.mavster.credits.Outcome;
import ai.mavster.credits.Refusal;
import ai.mavster.credits.ledger.burndown.BurnOrder;
import ai.mavster.credits.ledger.burndown.BurnOrder.Movement;
import ai.mavster.credits.ledger.burndown.OpenGrant;
import ai.mavster.credits.ledger.hold.Hold;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The rules by which commands move and reserve credits: pure functions of an account's state, the command and the time.
 * They change nothing; what they return is posted by the {@link Journal}.
 *
 * <p>They expect an account that has been {@linkplain Expiry brought up to} the same instant.
 */
final class Decision {

    private Decision() {}

    /** What is to be posted, or why nothing is. */
    sealed interface Decided {
        <T> T fold(Function<Effect, T> posted, Function<Refusal, T> refused);
    }

    /**
     * @param requested what was asked for
     * @param captures what it draws on holds, nearest first
     * @param movements the changes to the account's grants, in the order of their entries; empty where a debit was free
     */
    record Effect(Credits requested, List<Fact.Capture> captures, List<Movement> movements) implements Decided {
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
     * A debit takes from its holds first, then from what is available.
     *
     * @param charge what is asked for, and the holds that it may draw on
     * @param limits what participants let pass
     */
    static Decided debit(
            AccountState account,
            Participant.Charge charge,
            Command.OnInsufficient onInsufficient,
            List<Participant.Limit> limits) {
        return charged(account, charge, onInsufficient, limits)
                .fold((charged, replayed) -> taking(account, charge, charged), Refused::new);
    }

    /**
     * How much a debit takes, whichever grants that comes from. Where it takes less than asked for, it takes what the
     * tightest limit lets pass; of all reasons for a refusal the first in the order of the codes is named.
     */
    static Outcome<Credits> charged(
            AccountState account,
            Participant.Charge charge,
            Command.OnInsufficient onInsufficient,
            List<Participant.Limit> limits) {
        Credits most = account.available().plus(charge.reserved());
        for (Participant.Limit limit : limits) {
            most = limit.clamp(most);
        }
        boolean takes = onInsufficient == Command.OnInsufficient.TAKE_AVAILABLE && most.isPositive();
        Credits charged = takes ? charge.credits().min(most) : charge.credits();
        Refusal refusal = refusal(account, charge, charged, limits);
        return refusal == null ? Outcome.accepted(charged) : Outcome.refused(refusal);
    }

    private static Effect taking(AccountState account, Participant.Charge charge, Credits charged) {
        Credits captured = charged.min(charge.reserved());
        List<OpenGrant> kept = captured.isZero() ? List.of() : account.kept();
        Credits ofKept = captured.min(sum(kept));
        List<Movement> movements = new ArrayList<>(BurnOrder.take(kept, ofKept));
        movements.addAll(BurnOrder.take(account.unexpired(), charged.minus(ofKept)));
        return new Effect(charge.credits(), captures(charge.holds(), captured), movements);
    }

    /** So much of what holds have left, as far as that goes, nearest first. */
    static List<Fact.Capture> captures(List<Hold> holds, Credits credits) {
        List<Fact.Capture> captures = new ArrayList<>(holds.size());
        Credits left = credits;
        for (Hold hold : holds) {
            Credits part = hold.remaining().min(left);
            if (part.isPositive()) {
                captures.add(new Fact.Capture(hold, part));
                left = left.minus(part);
            }
        }
        return captures;
    }

    /** Why credits may not be reserved; null: they may. It is the decision of a debit that draws on the same holds. */
    static @Nullable Refusal reserve(AccountState account, Participant.Charge charge, List<Participant.Limit> limits) {
        return refusal(account, charge, charge.credits(), limits);
    }

    private static @Nullable Refusal refusal(
            AccountState account, Participant.Charge charge, Credits charged, List<Participant.Limit> limits) {
        Credits available = account.available().plus(charge.reserved());
        Stream<Refusal> own = available.isLessThan(charged)
                ? Stream.of(Refusals.insufficient(
                        account, charged, available, account.balance().minus(available)))
                : Stream.empty();
        return first(Stream.concat(refusals(limits, charged), own));
    }

    /** Why a charge may not be made, however many credits there are; null: it may. */
    static @Nullable Refusal barrier(Participant.Charge charge, List<Participant.Limit> limits) {
        return first(refusals(limits, charge.credits()));
    }

    private static Stream<Refusal> refusals(List<Participant.Limit> limits, Credits charged) {
        return limits.stream().filter(limit -> limit.isBelow(charged)).map(Participant.Limit::refusal);
    }

    private static @Nullable Refusal first(Stream<Refusal> refusals) {
        return refusals.min(Comparator.comparing(Refusal::code)).orElse(null);
    }

    /** A grant is refused only where the balance could not be counted any more. */
    static Decided grant(AccountState account, Command.Grant grant) {
        return incoming(account, grant.credits(), List.of());
    }

    /** Credits that come in, wherever to. */
    static Decided incoming(AccountState account, Credits credits, List<Movement> movements) {
        return fits(account.balance(), credits)
                ? new Effect(credits, List.of(), movements)
                : new Refused(Refusals.balanceLimit(account, credits));
    }

    static boolean fits(Credits counted, Credits more) {
        return more.millionths() <= Long.MAX_VALUE - counted.millionths();
    }

    /**
     * What expires as time passes and holds let go, soonest expired first.
     *
     * <p>Of what was kept before, so much as a hold had reserved while it was kept: what came in later has no part in
     * it. Of each grant that expires now, all but what the balance needs so as not to fall below what is held; that is
     * kept from now on.
     *
     * @param account holds the ended ones no longer
     * @param ended the holds that ended, as they were before
     * @param since grants that had expired then were taken out, or kept, before
     */
    static List<Movement> expire(AccountState account, Collection<Hold> ended, Instant since) {
        List<OpenGrant> expired = account.kept();
        if (expired.isEmpty()) {
            return List.of();
        }
        Map<UUID, Credits> left = new LinkedHashMap<>();
        expired.forEach(grant -> left.put(grant.grantId(), grant.remaining()));
        Credits balance = account.balance();
        for (Hold hold : ended) {
            Credits freed = hold.remaining();
            for (OpenGrant grant : expired) {
                if (grant.isExpired(since) && !grant.isExpired(hold.since())) {
                    Credits part = amount(left, grant).min(freed);
                    left.put(grant.grantId(), amount(left, grant).minus(part));
                    freed = freed.minus(part);
                    balance = balance.minus(part);
                }
            }
        }
        for (OpenGrant grant : expired) {
            if (!grant.isExpired(since)) {
                Credits needed = account.held().minus(balance.minus(grant.remaining()));
                Credits kept = needed.clamp(Credits.ZERO, grant.remaining());
                balance = balance.minus(grant.remaining()).plus(kept);
                left.put(grant.grantId(), kept);
            }
        }
        return expired.stream()
                .map(grant -> new Movement(grant.grantId(), amount(left, grant).minus(grant.remaining())))
                .filter(movement -> movement.credits().isNegative())
                .toList();
    }

    private static Credits amount(Map<UUID, Credits> amounts, OpenGrant grant) {
        return Objects.requireNonNull(amounts.get(grant.grantId()));
    }

    /**
     * What of credits that came in has expired already, as a missed month's has, or what goes back to a grant that is
     * over.
     */
    static List<Movement> expireAtOnce(AccountState account, List<Movement> incoming) {
        Map<UUID, Credits> credits = new HashMap<>();
        incoming.forEach(movement -> credits.put(movement.grantId(), movement.credits()));
        return account.kept().stream()
                .filter(grant -> credits.containsKey(grant.grantId()))
                .map(grant ->
                        new Movement(grant.grantId(), amount(credits, grant).negated()))
                .toList();
    }

    private static Credits sum(List<OpenGrant> grants) {
        return grants.stream().map(OpenGrant::remaining).reduce(Credits.ZERO, Credits::plus);
    }
}

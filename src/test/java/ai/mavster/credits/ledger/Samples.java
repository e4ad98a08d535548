package ai.mavster.credits.ledger;

import ai.mavster.credits.Credits;
import ai.mavster.credits.Outcome;
import ai.mavster.credits.ledger.burndown.BurnOrder;
import ai.mavster.credits.ledger.burndown.OpenGrant;
import ai.mavster.credits.ledger.erasure.Ending;
import ai.mavster.credits.ledger.hold.Hold;
import ai.mavster.credits.ledger.idempotency.Idempotency;
import ai.mavster.credits.ledger.posting.GrantKind;
import ai.mavster.credits.ledger.posting.HashChain;
import ai.mavster.credits.ledger.posting.Purpose;
import ai.mavster.credits.ledger.posting.Salt;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Accounts and grants for tables of decisions. A grant's id is its {@code seq}, so that tables can name it. */
final class Samples {

    static final Instant NOW = Instant.parse("2026-11-21T18:39:00Z");

    private Samples() {}

    static UUID id(long seq) {
        return new UUID(0, seq);
    }

    /** An account that was given these grants; {@code held} is what holds reserve of them. */
    static AccountState account(Credits held, OpenGrant... grants) {
        Credits balance = Arrays.stream(grants).map(OpenGrant::remaining).reduce(Credits.ZERO, Credits::plus);
        AccountState account = new AccountState(
                "acct",
                grants.length,
                balance,
                held,
                Credits.ZERO,
                HashChain.genesis(),
                NOW.minusSeconds(1),
                false,
                "UTC",
                Ending.none(Salt.random()));
        Arrays.stream(grants).forEach(account.grants()::load);
        return account;
    }

    /** A batch of that account alone, now, without any feature. */
    static Batch batch(AccountState account) {
        return new Batch(
                NOW,
                List.of(account),
                Set.of(),
                new Idempotency(new NoAnswers()),
                (debit, at) -> Outcome.accepted(Credits.ZERO),
                List.of());
    }

    /** No command of a feature's is decided in it. */
    private static final class NoAnswers implements Idempotency.Answers {

        @Override
        public String write(Object answer) {
            throw new UnsupportedOperationException();
        }

        @Override
        public <A> A read(String json, Class<A> type) {
            throw new UnsupportedOperationException();
        }
    }

    /** A hold of that account, made so many seconds before now, which lasts for an hour. */
    static Hold hold(long id, String amount, long secondsAgo) {
        Instant at = NOW.minusSeconds(secondsAgo);
        return Hold.made(
                "acct",
                id(id),
                new Change.Reservation(Credits.parse(amount), Duration.ofHours(1), Purpose.NONE, List.of()),
                at);
    }

    static AccountState account(OpenGrant... grants) {
        return account(Credits.ZERO, grants);
    }

    static OpenGrant grant(long seq, GrantKind kind, String remaining, @Nullable Instant expiresAt) {
        return new OpenGrant(id(seq), kind, Credits.of(1_000_000), Credits.parse(remaining), expiresAt, seq);
    }

    static OpenGrant topUp(long seq, String remaining) {
        return grant(seq, GrantKind.TOP_UP, remaining, null);
    }

    static Command.Debit debit(String credits) {
        return debit(credits, Command.OnInsufficient.REFUSE);
    }

    static Command.Debit debit(String credits, Command.OnInsufficient onInsufficient) {
        return Command.Debit.asked("acct", Credits.parse(credits), onInsufficient, Purpose.NONE);
    }

    /** Movements in a table's form: {@code "3:-5 1:-0.5"} takes 5 of grant 3, then half a credit of grant 1. */
    static String text(List<BurnOrder.Movement> movements) {
        return movements.stream()
                .map(movement -> movement.grantId().getLeastSignificantBits() + ":" + movement.credits())
                .reduce((left, right) -> left + " " + right)
                .orElse("");
    }
}

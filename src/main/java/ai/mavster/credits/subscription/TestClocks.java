package ai.mavster.credits.subscription;

import ai.mavster.credits.Refusal;
import ai.mavster.credits.http.ProblemException;
import ai.mavster.credits.http.Problems;
import ai.mavster.credits.ledger.Answers;
import ai.mavster.credits.ledger.Books;
import ai.mavster.credits.ledger.Command;
import ai.mavster.credits.ledger.Ledger;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.ZoneOffset;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The clocks of accounts that try things out: they stand still until they are advanced, and never go back.
 *
 * <p>An advance is many commands, of which each leaves the account as if it had been left alone until then. So it can be cut off at any
 * point, repeated, and overlap with another.
 */
@Singleton
public class TestClocks {

    private static final Instant FIRST = Instant.parse("2000-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("2100-01-01T00:00:00Z");
    private static final String WITHIN = "must lie between " + FIRST + " and " + LAST;

    /** So that one call is over in seconds. */
    private static final int YEARS_AT_ONCE = 10;

    private final Ledger ledger;
    private final Answers answers;
    private final boolean enabled;

    TestClocks(Ledger ledger, Answers answers, @ConfigProperty(name = "credits.test-clocks.enabled") boolean enabled) {
        this.ledger = ledger;
        this.answers = answers;
        this.enabled = enabled;
    }

    /**
     * Sees that a new account may be given such a clock.
     *
     * @throws ProblemException 400 if not, on {@code test_clock}
     */
    public void requireStart(Instant at) {
        if (!enabled) {
            throw Problems.invalidRequest(
                    "test_clock", "must be absent: test clocks are off, and CREDITS_TEST_CLOCKS=true turns them on");
        }
        if (isOutside(at)) {
            throw Problems.invalidRequest("test_clock", WITHIN);
        }
    }

    /**
     * What an advance came to.
     *
     * @param stands where the clock stands after it
     * @param done what this call did; not what another did meanwhile
     */
    record Advanced(Instant stands, Renewals.Tally done) {}

    /**
     * Sets an account's clock forward, and does what falls due on the way at its instant. Blocks.
     *
     * @throws ProblemException if there is no such account, it has no such clock, or that cannot go there
     */
    Advanced advance(String accountId, Instant to) {
        requireReach(accountId, to);
        Renewals.Tally tally = new Renewals.Tally();
        Instant reached = answers.await(ledger.submit(new Command.Advance(accountId, to)));
        while (true) {
            Subscriptions.Renewed renewed = answers.await(ledger.submit(new Subscriptions.Renew(accountId, reached)));
            tally.count(renewed);
            if (renewed.done() == SubscriptionDecision.Due.NOTHING && !reached.isBefore(to)) {
                return new Advanced(answers.await(ledger.look(accountId, Books::asOf)), tally);
            }
            reached = goOn(accountId, to);
        }
    }

    private void requireReach(String accountId, Instant to) {
        if (isOutside(to)) {
            throw Problems.invalidRequest("to", WITHIN);
        }
        Instant clock = answers.await(ledger.look(accountId, Books::account)).testClock();
        if (clock != null && isFar(clock, to)) {
            throw Problems.invalidRequest("to", "must lie at most %d years after %s".formatted(YEARS_AT_ONCE, clock));
        }
    }

    private static boolean isOutside(Instant at) {
        return at.isBefore(FIRST) || at.isAfter(LAST);
    }

    private static boolean isFar(Instant from, Instant to) {
        return to.isAfter(from.atOffset(ZoneOffset.UTC).plusYears(YEARS_AT_ONCE).toInstant());
    }

    /** Where another call has advanced it further meanwhile, all was done on the way. */
    private Instant goOn(String accountId, Instant to) {
        return ledger.submit(new Command.Advance(accountId, to))
                .thenApply(outcome -> outcome.fold(
                        (reached, replayed) -> reached,
                        refusal -> refusal.code() == Refusal.Code.TEST_CLOCK_AHEAD ? to : answers.orThrow(outcome)))
                .toCompletableFuture()
                .join();
    }
}

package ai.mavster.credits.testclock;

import ai.mavster.credits.InvalidInput;
import ai.mavster.credits.Outcome;
import ai.mavster.credits.Refusal;
import ai.mavster.credits.ledger.AccountView;
import ai.mavster.credits.ledger.Ledger;
import ai.mavster.credits.renewal.RenewalTally;
import ai.mavster.credits.subscription.RenewSubscription;
import ai.mavster.credits.subscription.terms.SubscriptionDecision;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The clocks of accounts that try things out: they stand still until they are advanced, and never go back.
 *
 * <p>An advance is many commands, of which each leaves the account as if it had been left alone until then. So it can
 * be cut off at any point, repeated, and overlap with another.
 */
@Singleton
public class TestClocks {

    private static final Instant FIRST = Instant.parse("2000-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("2100-01-01T00:00:00Z");
    private static final String WITHIN = "must lie between " + FIRST + " and " + LAST;

    /** So that one call is over in seconds. */
    private static final int YEARS_AT_ONCE = 10;

    private final Ledger ledger;
    private final boolean enabled;

    TestClocks(Ledger ledger, @ConfigProperty(name = "credits.test-clocks.enabled") boolean enabled) {
        this.ledger = ledger;
        this.enabled = enabled;
    }

    /**
     * Sees that a new account may be given such a clock.
     *
     * @throws InvalidInput if not, on {@code test_clock}
     */
    public void requireStart(Instant at) {
        if (!enabled) {
            throw new InvalidInput(
                    "test_clock", "must be absent: test clocks are off, and CREDITS_TEST_CLOCKS=true turns them on");
        }
        if (isOutside(at)) {
            throw new InvalidInput("test_clock", WITHIN);
        }
    }

    /**
     * What an advance came to.
     *
     * @param stands where the clock stands after it
     * @param done what this call did; not what another did meanwhile
     */
    record Advanced(Instant stands, RenewalTally done) {}

    /**
     * Sets an account's clock forward, and does what falls due on the way at its instant. Blocks.
     *
     * @throws RefusalException if there is no such account, it has no such clock, or that stands later
     * @throws InvalidInput if it cannot go there
     */
    Advanced advance(String accountId, Instant to) {
        requireReach(accountId, to);
        RenewalTally tally = new RenewalTally();
        Instant reached = Outcome.await(ledger.submit(new AdvanceTestClock(accountId, to)));
        while (true) {
            RenewSubscription.Done renewed = Outcome.await(ledger.submit(new RenewSubscription(accountId, reached)));
            tally.count(renewed);
            if (renewed.due() == SubscriptionDecision.Due.NOTHING && !reached.isBefore(to)) {
                return new Advanced(Outcome.await(ledger.read(accountId, AccountView::asOf)), tally);
            }
            reached = goOn(accountId, to);
        }
    }

    private void requireReach(String accountId, Instant to) {
        if (isOutside(to)) {
            throw new InvalidInput("to", WITHIN);
        }
        Instant clock = Outcome.await(ledger.read(accountId, TestClocks::clock)).orElse(null);
        if (clock != null && isFar(clock, to)) {
            throw new InvalidInput("to", "must lie at most %d years after %s".formatted(YEARS_AT_ONCE, clock));
        }
    }

    private static Optional<Instant> clock(AccountView account) {
        return account.isOnTestClock() ? Optional.of(account.asOf()) : Optional.empty();
    }

    private static boolean isOutside(Instant at) {
        return at.isBefore(FIRST) || at.isAfter(LAST);
    }

    private static boolean isFar(Instant from, Instant to) {
        return to.isAfter(from.atOffset(ZoneOffset.UTC).plusYears(YEARS_AT_ONCE).toInstant());
    }

    /** Where another call has advanced it further meanwhile, all was done on the way. */
    private Instant goOn(String accountId, Instant to) {
        return ledger.submit(new AdvanceTestClock(accountId, to))
                .thenApply(outcome -> outcome.fold(
                        (reached, replayed) -> reached,
                        refusal -> refusal.code() == Refusal.Code.TEST_CLOCK_AHEAD ? to : outcome.orThrow()))
                .toCompletableFuture()
                .join();
    }
}

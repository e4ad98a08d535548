package ai.mavster.credits.recharge;

import ai.mavster.credits.Credits;
import ai.mavster.credits.ledger.Command;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The commands of recharges, which other packages do not know, for tests that ask them of the ledger. Amounts are
 * millionths.
 */
public final class RechargeCommands {

    private RechargeCommands() {}

    /** All that can be set; one of the sizes is null. */
    public record Put(
            String accountId,
            boolean enabled,
            long threshold,
            @Nullable Long creditsToAdd,
            @Nullable Long topUpTo,
            long limit,
            @Nullable String card) {

        public Command<?> command() {
            return new PutRechargeSettings(
                    accountId,
                    enabled,
                    Optional.of(new Credits(threshold)),
                    Optional.ofNullable(creditsToAdd).map(Credits::new),
                    Optional.ofNullable(topUpTo).map(Credits::new),
                    Optional.of(new Credits(limit)),
                    Optional.ofNullable(card));
        }
    }

    /** The answer to it, as text. */
    public static String read(Object answer) {
        AutoRecharge now = ((PutRechargeSettings.Done) answer).autoRecharge();
        return text(
                now.enabled(),
                now.inFlight(),
                now.failures(),
                now.recharged().millionths(),
                String.valueOf(now.switchedOff()),
                String.valueOf(now.pausedUntil()));
    }

    public static String text(
            boolean enabled, boolean inFlight, int failures, long recharged, String switchedOff, String pausedUntil) {
        return "%s, in flight %s, %d failures, %d recharged, off by %s, paused until %s"
                .formatted(enabled, inFlight, failures, recharged, switchedOff, pausedUntil);
    }
}

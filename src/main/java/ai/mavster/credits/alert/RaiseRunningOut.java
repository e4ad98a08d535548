package ai.mavster.credits.alert;

import ai.mavster.credits.Credits;
import ai.mavster.credits.alert.announced.CreditsRunningOut;
import ai.mavster.credits.alert.mail.MailInBatch;
import ai.mavster.credits.alert.mail.Notice;
import ai.mavster.credits.ledger.AccountView;
import ai.mavster.credits.ledger.Change;
import ai.mavster.credits.subscription.NextGrant;
import ai.mavster.credits.subscription.SubscriptionView;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Raises the alert that credits run out before the renewal, if they do, unless there was one in this period. A repeat,
 * or another process at the same time, changes nothing. Answers whether it was raised now.
 *
 * @param used since {@link RunRate#since}, by the rollups
 */
record RaiseRunningOut(String accountId, Credits used) implements AlertCommand<Boolean> {

    @Override
    public Class<Boolean> answerType() {
        return Boolean.class;
    }

    @Override
    public Change<Boolean> decide(AlertsInBatch state, AccountView account) {
        Expected expected = Expected.of(account, used);
        if (expected == null
                || !state.settings(accountId).runningOut()
                || state.wasRunningOutRaised(accountId, expected.periodStart)) {
            return Change.unchanged(false);
        }
        return Change.accepted(() -> {
            state.runningOutRaised(accountId, expected.periodStart);
            state.raise(
                    account,
                    Alert.runningOut(account, expected.needed, expected.periodStart),
                    new CreditsRunningOut(account.available(), expected.perDay, expected.runsOutAt, expected.renewsAt));
            MailInBatch.of(account).add(account, Notice.runningOut(account.available(), expected.runsOutAt), null);
            return true;
        });
    }

    /**
     * That credits run out.
     *
     * @param needed until the renewal, at the present rate
     */
    record Expected(Instant periodStart, Credits needed, Credits perDay, Instant runsOutAt, Instant renewsAt) {

        /** Null: they do not, or no renewal is coming, or there are none that could. */
        static @Nullable Expected of(AccountView account, Credits used) {
            Instant now = account.asOf();
            SubscriptionView view = SubscriptionView.of(account);
            NextGrant next = view == null ? null : view.nextGrant(account);
            if (view == null
                    || next == null
                    || !next.at().isAfter(now)
                    || !account.available().isPositive()) {
                return null;
            }
            RunRate rate = RunRate.of(used, view.subscription().createdAt(), now);
            Instant runsOutAt = rate.reaches(account.available(), now);
            return runsOutAt == null || !runsOutAt.isBefore(next.at())
                    ? null
                    : new Expected(
                            view.subscription().period().start(),
                            rate.within(Duration.between(now, next.at())),
                            rate.perDay(),
                            runsOutAt,
                            next.at());
        }
    }
}

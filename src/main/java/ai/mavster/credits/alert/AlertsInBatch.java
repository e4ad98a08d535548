package ai.mavster.credits.alert;

import ai.mavster.credits.Credits;
import ai.mavster.credits.alert.announced.BudgetThresholdReached;
import ai.mavster.credits.alert.announced.CreditsExhausted;
import ai.mavster.credits.alert.announced.CreditsThresholdReached;
import ai.mavster.credits.alert.announced.DebitAboveThreshold;
import ai.mavster.credits.alert.mail.MailInBatch;
import ai.mavster.credits.alert.mail.Notice;
import ai.mavster.credits.budget.limit.LimitExceeded;
import ai.mavster.credits.budget.limit.LimitScope;
import ai.mavster.credits.budget.limit.ThresholdsReached;
import ai.mavster.credits.event.Announcement;
import ai.mavster.credits.ledger.AccountView;
import ai.mavster.credits.ledger.Fact;
import ai.mavster.credits.ledger.Participant;
import ai.mavster.credits.ledger.posting.Posting;
import ai.mavster.credits.ledger.posting.PostingKind;
import ai.mavster.credits.recharge.announced.RechargeConfirmationNeeded;
import ai.mavster.credits.recharge.announced.RechargeFailed;
import ai.mavster.credits.sql.RoundTrip;
import ai.mavster.credits.subscription.NextGrant;
import ai.mavster.credits.subscription.SubscriptionView;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The alerts that one batch raises. */
final class AlertsInBatch implements Participant.InBatch {

    private final AlertMetrics metrics;
    private final Map<String, AlertSettings> settings = new HashMap<>(0);
    private final Map<String, AlertSettings> changed = new LinkedHashMap<>(0);
    private final Map<String, Instant> runningOut = new HashMap<>(0);
    private final Map<String, Credits> availableBefore = new HashMap<>();
    private final List<Alert> alerts = new ArrayList<>(0);

    AlertsInBatch(AlertMetrics metrics) {
        this.metrics = metrics;
    }

    void load(AlertSettings ofAccount) {
        settings.put(ofAccount.accountId(), ofAccount);
    }

    /** The last such alert was in the period that starts then. */
    void runningOutRaised(String accountId, Instant periodStart) {
        runningOut.put(accountId, periodStart);
    }

    boolean wasRunningOutRaised(String accountId, Instant periodStart) {
        return periodStart.equals(runningOut.get(accountId));
    }

    AlertSettings settings(String accountId) {
        return settings.getOrDefault(accountId, AlertSettings.initial(accountId));
    }

    void save(AlertSettings ofAccount) {
        settings.put(ofAccount.accountId(), ofAccount);
        changed.put(ofAccount.accountId(), ofAccount);
    }

    @Override
    public void hear(Fact fact, AccountView account) {
        if (account.closedAt() != null) {
            return;
        }
        if (fact instanceof ThresholdsReached reached) {
            for (BigDecimal threshold : reached.percent()) {
                raise(account, Alert.of(account, reached, threshold), announcement(reached, threshold));
            }
            MailInBatch.of(account).add(account, Notices.of(reached), reached.email());
        } else if (fact instanceof LimitExceeded exceeded) {
            MailInBatch.of(account).add(account, Notices.of(exceeded), exceeded.email());
        } else if (fact instanceof RechargeFailed failed) {
            MailInBatch.of(account).add(account, Notices.of(failed), null);
        } else if (fact instanceof RechargeConfirmationNeeded needed) {
            MailInBatch.of(account).add(account, Notices.of(needed), null);
        } else if (fact instanceof Fact.Posted posted && posted.posting().kind() == PostingKind.DEBIT) {
            hearDebit(posted.posting(), account);
        }
        hearWhatIsLeft(account);
    }

    private static Announcement announcement(ThresholdsReached reached, BigDecimal threshold) {
        return reached.scope() == LimitScope.PLAN
                ? CreditsThresholdReached.of(reached, threshold)
                : BudgetThresholdReached.of(reached, threshold);
    }

    private void hearDebit(Posting debit, AccountView account) {
        AlertSettings wanted = settings(account.accountId());
        if (wanted.debitAbove() != null && wanted.isAbove(debit.credits())) {
            raise(
                    account,
                    Alert.ofDebit(account, debit, wanted.debitAbove()),
                    DebitAboveThreshold.of(debit, wanted.debitAbove()));
            MailInBatch.of(account).add(account, Notice.largeDebit(debit.credits(), wanted.debitAbove()), null);
        }
    }

    /**
     * Facts are heard once their command is done, so each time it is seen what commands have left, whatever they moved
     * on the way. What expires where a renewal is due that grants anew is not missed.
     */
    private void hearWhatIsLeft(AccountView account) {
        Credits before = availableBefore.getOrDefault(account.accountId(), account.availableWhenRead());
        boolean gone = before.isPositive() && account.available().isZero();
        if (gone && isRenewing(account)) {
            return;
        }
        availableBefore.put(account.accountId(), account.available());
        if (gone) {
            raise(account, Alert.exhausted(account), CreditsExhausted.of(account));
            MailInBatch.of(account).add(account, Notice.exhausted(), null);
        }
    }

    private static boolean isRenewing(AccountView account) {
        SubscriptionView subscription = SubscriptionView.of(account);
        NextGrant next = subscription == null ? null : subscription.nextGrant(account);
        return next != null
                && !next.at().isAfter(account.asOf())
                && next.amount().isPositive();
    }

    void raise(AccountView account, Alert alert, Announcement announcement) {
        alerts.add(alert);
        account.publish(announcement);
    }

    @Override
    public void write(RoundTrip writes) {
        AlertTable.write(writes, alerts);
        AlertTable.writeSettings(writes, changed.values());
    }

    @Override
    public void committed() {
        alerts.forEach(alert -> metrics.raised(alert.scope()));
    }
}

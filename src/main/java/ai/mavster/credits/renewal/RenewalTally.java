package ai.mavster.credits.renewal;

import ai.mavster.credits.Credits;
import ai.mavster.credits.subscription.RenewSubscription;
import ai.mavster.credits.subscription.terms.MonthlyGrant;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** What renewals came to. {@code due}, {@code ended} and {@code failed} count subscriptions; the others periods. */
public final class RenewalTally {

    private static final Logger LOG = Logger.getLogger(RenewalTally.class);

    /** How many subscriptions that could not be renewed are named to the caller; the log has all of them. */
    private static final int FAILURES_NAMED = 100;

    long due;
    long failed;
    long remainingDue;

    @Nullable
    Instant nextDueAt;

    final List<Failure> failures = new ArrayList<>();
    private long renewed;
    private long grantedFull;
    private long grantedPartial;
    private long skipped;
    private long ended;
    private Credits creditsGranted = Credits.ZERO;

    /** A subscription that could not be renewed, and why. */
    record Failure(String accountId, String why) {}

    /** Counts what became of one subscription. */
    public void count(RenewSubscription.Done done) {
        switch (done.due()) {
            case NOTHING -> {}
            case END -> ended++;
            case RENEWAL -> count(done.grant());
        }
    }

    private void count(@Nullable MonthlyGrant grant) {
        renewed++;
        if (grant == null) {
            skipped++;
            return;
        }
        creditsGranted = creditsGranted.plus(grant.granted());
        switch (grant.result()) {
            case FULL -> grantedFull++;
            case PARTIAL -> grantedPartial++;
            case SKIPPED -> skipped++;
        }
    }

    void failed(String accountId, String why) {
        LOG.warnf("The renewal of account %s failed: %s", accountId, why);
        failed++;
        if (failures.size() < FAILURES_NAMED) {
            failures.add(new Failure(accountId, why));
        }
    }

    public long renewed() {
        return renewed;
    }

    public long grantedFull() {
        return grantedFull;
    }

    public long grantedPartial() {
        return grantedPartial;
    }

    public long skipped() {
        return skipped;
    }

    public long ended() {
        return ended;
    }

    public Credits creditsGranted() {
        return creditsGranted;
    }
}

package ai.mavster.credits.ledger;

import jakarta.inject.Singleton;

/** Lets tests of features have the job run, which nobody else may call. */
@Singleton
public class IdleAccounts {

    private final ExpiryJob job;

    IdleAccounts(ExpiryJob job) {
        this.job = job;
    }

    public void settle() {
        job.run();
    }
}

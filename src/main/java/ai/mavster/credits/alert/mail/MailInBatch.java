package ai.mavster.credits.alert.mail;

import ai.mavster.credits.ledger.AccountView;
import ai.mavster.credits.ledger.Participant;
import ai.mavster.credits.sql.RoundTrip;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one batch has to be mailed. */
public final class MailInBatch implements Participant.InBatch {

    private final boolean enabled;
    private final Instant now;
    private final Runnable written;
    private final List<Waiting> mails = new ArrayList<>(0);

    MailInBatch(boolean enabled, Instant now, Runnable written) {
        this.enabled = enabled;
        this.now = now;
        this.written = written;
    }

    /** The state of the batch that an account is in. */
    public static MailInBatch of(AccountView account) {
        return account.inBatch(MailInBatch.class);
    }

    /**
     * Has a notice mailed, unless mail is off.
     *
     * @param address null: the account's billing address
     */
    public void add(AccountView account, Notice notice, @Nullable String address) {
        if (enabled) {
            mails.add(new Waiting(
                    account.accountId(),
                    address == null ? "" : address,
                    account.nextId(),
                    notice,
                    account.asOf(),
                    account.timeZone(),
                    now));
        }
    }

    @Override
    public void write(RoundTrip writes) {
        MailTable.write(writes, mails);
    }

    @Override
    public void committed() {
        if (!mails.isEmpty()) {
            written.run();
        }
    }
}

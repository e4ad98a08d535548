package ai.mavster.credits.alert.mail;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.Session;
import org.hibernate.query.MutationQuery;
import org.jspecify.annotations.Nullable;

/** The mailboxes with what waits in them. Each method runs within the caller's transaction. */
@Singleton
class MailboxRepository implements PanacheRepositoryBase<MailboxRow, MailboxRow.Key> {

    private static final String OF_MAILBOX = " where accountId = :account and address = :address";

    private final Session session;

    MailboxRepository(Session session) {
        this.session = session;
    }

    /**
     * A mailbox that is this process's for a while.
     *
     * @param mails what is to be sent, the newest first
     * @param waiting how many wait in all
     * @param attempts how often in a row this was tried, this time included
     * @param failingSince null: it did not fail the last time
     * @param until it is another's after that
     */
    record Taken(
            MailboxRow.Key key,
            List<Waiting> mails,
            long waiting,
            int attempts,
            @Nullable Instant failingSince,
            Instant until,
            @Nullable Addressee addressee) {}

    /** Takes those that are due, due longest first; none that another process is taking at the same time. */
    List<Taken> take(Instant now, Instant until, int most, int mailsEach) {
        List<MailboxRow> due = find("waiting > 0 and dueAt <= ?1 order by dueAt, accountId, address", now)
                .page(0, most)
                .list();
        List<Taken> taken = new ArrayList<>();
        for (MailboxRow row : due) {
            int moved = of(
                            row,
                            "update MailboxRow set dueAt = :until, attempts = attempts + 1" + OF_MAILBOX
                                    + " and dueAt = :seen and waiting > 0")
                    .setParameter("until", until)
                    .setParameter("seen", row.dueAt)
                    .executeUpdate();
            if (moved == 1) {
                taken.add(new Taken(
                        new MailboxRow.Key(row.accountId, row.address),
                        newestFirst(row, mailsEach),
                        row.waiting,
                        row.attempts + 1,
                        row.failingSince,
                        until,
                        session.find(Addressee.class, row.accountId)));
            }
        }
        return taken;
    }

    private List<Waiting> newestFirst(MailboxRow row, int most) {
        return session.createSelectionQuery("from MailRow" + OF_MAILBOX + " order by mailId desc", MailRow.class)
                .setParameter("account", row.accountId)
                .setParameter("address", row.address)
                .setMaxResults(most)
                .getResultStream()
                .map(MailRow::waiting)
                .toList();
    }

    private MutationQuery of(MailboxRow row, String hql) {
        return session.createMutationQuery(hql)
                .setParameter("account", row.accountId)
                .setParameter("address", row.address);
    }

    private MutationQuery of(Taken taken, String hql) {
        return session.createMutationQuery(hql)
                .setParameter("account", taken.key.accountId())
                .setParameter("address", taken.key.address());
    }

    /** They are sent, or given up. */
    void done(Taken taken, Instant nextAt) {
        List<UUID> ids = taken.mails.stream().map(Waiting::mailId).toList();
        int gone = of(taken, "delete from MailRow" + OF_MAILBOX + " and mailId in :ids")
                .setParameter("ids", ids)
                .executeUpdate();
        of(
                        taken,
                        "update MailboxRow set waiting = waiting - :gone, dueAt = :next, attempts = 0, failingSince = null"
                                + OF_MAILBOX)
                .setParameter("gone", (long) gone)
                .setParameter("next", nextAt)
                .executeUpdate();
    }

    /** They could not be sent, and are tried again. */
    void failed(Taken taken, Instant since, Instant nextAt) {
        of(taken, "update MailboxRow set dueAt = :next, failingSince = :since" + OF_MAILBOX + " and dueAt = :until")
                .setParameter("next", nextAt)
                .setParameter("since", since)
                .setParameter("until", taken.until)
                .executeUpdate();
    }

    /** Forgets addresses that nothing was to be sent to for long. */
    int forget(Instant dueBefore) {
        return session.createMutationQuery("delete from MailboxRow where waiting = 0 and dueAt < :before")
                .setParameter("before", dueBefore)
                .executeUpdate();
    }

    /** Since when the oldest waits; empty: nothing waits. */
    Optional<Instant> oldest() {
        return Optional.ofNullable(session.createSelectionQuery("select min(queuedAt) from MailRow", Instant.class)
                .getSingleResultOrNull());
    }
}

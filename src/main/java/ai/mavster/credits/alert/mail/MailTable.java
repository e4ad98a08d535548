package ai.mavster.credits.alert.mail;

import ai.mavster.credits.sql.Column;
import ai.mavster.credits.sql.RoundTrip;
import ai.mavster.credits.sql.Table;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** The tables {@code mailbox} and {@code mail}, as the ledger's transactions write them. */
final class MailTable {

    /** Whose mail it is. */
    private record Key(String accountId, String address) {}

    /** So many more wait in it; due at once, unless it is known and due at another time. */
    private record Delivered(Key key, Waiting first, long more) {}

    private static final Table<Delivered> MAILBOX = Table.<Delivered>named("mailbox")
            .key(Column.text("account_id", row -> row.key.accountId))
            .key(Column.text("address", row -> row.key.address))
            .column(Column.instant("due_at", row -> row.first.queuedAt()))
            .column(Column.bigint("attempts", row -> 0))
            .adding(Column.bigint("waiting", Delivered::more))
            .declared();

    private static final Table<Waiting> MAIL = Table.<Waiting>named("mail")
            .key(Column.text("account_id", Waiting::accountId))
            .key(Column.text("address", Waiting::address))
            .key(Column.uuid("mail_id", Waiting::mailId))
            .column(Column.text("kind", row -> row.notice().kind().id()))
            .column(Column.text("scope", row -> row.notice().scope()))
            .column(Column.text("scope_id", row -> row.notice().scopeId()))
            .column(Column.numeric("threshold", row -> row.notice().threshold()))
            .column(Column.credits("used", row -> row.notice().used()))
            .column(Column.credits("used_of", row -> row.notice().limit()))
            .column(Column.instant("lasts_until", row -> row.notice().until()))
            .column(Column.text("link", row -> row.notice().link()))
            .column(Column.instant("told_at", Waiting::at))
            .column(Column.text("time_zone", row -> row.zone().getId()))
            .column(Column.instant("queued_at", Waiting::queuedAt))
            .declared();

    private MailTable() {}

    static void write(RoundTrip writes, Collection<Waiting> mails) {
        if (mails.isEmpty()) {
            return;
        }
        Map<Key, Delivered> mailboxes = new LinkedHashMap<>();
        for (Waiting mail : mails) {
            mailboxes.merge(
                    new Key(mail.accountId(), mail.address()),
                    new Delivered(new Key(mail.accountId(), mail.address()), mail, 1),
                    (one, other) -> new Delivered(one.key, one.first, one.more + other.more));
        }
        MAILBOX.upsert(writes, mailboxes.values());
        MAIL.insert(writes, mails);
    }
}

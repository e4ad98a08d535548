package ai.mavster.credits.event;

import ai.mavster.credits.sql.Column;
import ai.mavster.credits.sql.Lookup;
import ai.mavster.credits.sql.RoundTrip;
import ai.mavster.credits.sql.Table;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/** The tables {@code event} and {@code event_head}, as the ledger's transactions write them. */
final class EventTable {

    /**
     * An event that was not written yet.
     *
     * @param data JSON
     */
    record Announced(String accountId, long sequence, UUID eventId, EventType type, Instant occurredAt, String data) {}

    /** The number of an account's last event. */
    record Head(String accountId, long sequence) {}

    /** Of the form of all data there are. */
    private static final long VERSION = 1;

    private static final Table<Announced> EVENT = Table.<Announced>named("event")
            .key(Column.text("account_id", Announced::accountId))
            .key(Column.bigint("sequence", Announced::sequence))
            .column(Column.uuid("event_id", Announced::eventId))
            .column(Column.text("type", event -> event.type().id()))
            .column(Column.bigint("version", event -> VERSION))
            .column(Column.instant("occurred_at", Announced::occurredAt))
            .column(Column.json("data", Announced::data))
            .declared();

    private static final Table<Head> HEAD = Table.<Head>named("event_head")
            .key(Column.text("account_id", Head::accountId))
            .changing(Column.bigint("sequence", Head::sequence))
            .declared();

    private static final Lookup<String> HEADS = Lookup.by(
            List.of(Column.text("account_id")),
            keys -> "SELECT %s FROM event_head h WHERE h.account_id %s".formatted(HEAD.select("h"), keys.only()));

    private EventTable() {}

    static void readHeads(RoundTrip reads, Set<String> accountIds, Consumer<Head> found) {
        HEADS.in(reads, accountIds, row -> found.accept(new Head(row.text(), row.bigint())));
    }

    static void write(RoundTrip writes, Collection<Announced> events, Collection<Head> heads) {
        HEAD.upsert(writes, heads);
        EVENT.insert(writes, events);
    }
}

package ai.mavster.credits.waiting;

import ai.mavster.credits.Credits;
import ai.mavster.credits.EnumId;
import ai.mavster.credits.Refusal;
import ai.mavster.credits.sql.Column;
import ai.mavster.credits.sql.Lookup;
import ai.mavster.credits.sql.RoundTrip;
import ai.mavster.credits.sql.Table;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The table {@code waiting}. */
final class WaitingTable {

    /** Of one scope; null: nothing is waited for. */
    record Entry(
            String accountId,
            WaitedFor.Scope scope,
            String scopeId,
            @Nullable WaitedFor refused) {

        static Entry of(WaitedFor refused) {
            return new Entry(refused.accountId(), refused.scope(), refused.scopeId(), refused);
        }

        static Entry over(WaitedFor refused) {
            return new Entry(refused.accountId(), refused.scope(), refused.scopeId(), null);
        }

        private static <T> Function<Entry, @Nullable T> value(Function<WaitedFor, @Nullable T> of) {
            return entry -> entry.refused == null ? null : of.apply(entry.refused);
        }
    }

    private static final Table<Entry> WAITING = Table.<Entry>named("waiting")
            .key(Column.text("account_id", Entry::accountId))
            .key(Column.text("scope", entry -> entry.scope.id()))
            .key(Column.text("scope_id", Entry::scopeId))
            .changing(Column.text(
                    "reason", Entry.value(refused -> refused.reason().id())))
            .changing(Column.credits("required", Entry.<Credits>value(WaitedFor::required)))
            .changing(Column.instant("refused_at", Entry.<Instant>value(WaitedFor::since)))
            .changing(Column.instant("look_at", Entry.<Instant>value(WaitedFor::lookAt)))
            .withChecksum();

    private static final Lookup<String> OPEN = Lookup.by(
            List.of(Column.text("account_id")),
            keys -> "SELECT %s FROM waiting w WHERE w.account_id %s AND w.required IS NOT NULL"
                    .formatted(WAITING.select("w"), keys.only()));

    /** Where time may let something pass that was refused. */
    static final String ACCOUNTS_TO_LOOK_AT =
            "SELECT account_id FROM waiting WHERE look_at <= ? AND look_at IS NOT NULL";

    private WaitingTable() {}

    static Table<Entry> table() {
        return WAITING;
    }

    /** What is waited for. */
    static void read(RoundTrip reads, Set<String> accountIds, Consumer<WaitedFor> found) {
        OPEN.in(
                reads,
                accountIds,
                row -> found.accept(new WaitedFor(
                        row.text(),
                        EnumId.parse(WaitedFor.Scope.class, row.text()),
                        row.text(),
                        EnumId.parse(Refusal.Code.class, row.text()),
                        row.credits(),
                        row.instant(),
                        row.instantOrNull())));
    }

    static void write(RoundTrip writes, Collection<Entry> entries) {
        WAITING.upsert(writes, entries);
    }
}

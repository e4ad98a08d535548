package ai.mavster.credits.ledger.hold;

import ai.mavster.credits.ledger.posting.Purpose;
import ai.mavster.credits.sql.Column;
import ai.mavster.credits.sql.Lookup;
import ai.mavster.credits.sql.RoundTrip;
import ai.mavster.credits.sql.Row;
import ai.mavster.credits.sql.Table;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The table {@code hold}. */
public final class HoldTable {

    private static final Table<Hold> HOLD = Table.<Hold>named("hold")
            .key(Column.text("account_id", Hold::accountId))
            .key(Column.uuid("hold_id", Hold::holdId))
            .changing(Column.credits("amount", Hold::amount))
            .changing(Column.credits("captured", Hold::captured))
            .changing(Column.credits("released", Hold::released))
            .column(Column.credits("moved", Hold::moved))
            .changing(Column.bigint("lasts_seconds", hold -> hold.lasts().toSeconds()))
            .changing(Column.instant("since", Hold::since))
            .changing(Column.instant("expires_at", Hold::expiresAt))
            .column(Column.text("workspace_id", hold -> hold.purpose().workspaceId()))
            .column(Column.text("project_id", hold -> hold.purpose().projectId()))
            .column(Column.text("test_id", hold -> hold.purpose().testId()))
            .column(Column.text("run_id", hold -> hold.purpose().runId()))
            .withChecksum();

    /** An account, and until when its holds that expire are wanted. */
    public record Until(String accountId, Instant until) {}

    private static final Lookup<Until> EXPIRING = Lookup.by(
            List.of(Column.text("account_id", Until::accountId), Column.instant("until", Until::until)),
            keys -> "SELECT %s FROM %s JOIN hold h ON h.account_id = %s AND h.open AND h.expires_at <= k.until"
                    .formatted(HOLD.select("h"), keys.rows(), keys.account()));

    private HoldTable() {}

    /** For checksums. */
    public static Table<Hold> table() {
        return HOLD;
    }

    /**
     * A join for queries of others, which finds a hold by its key and adds {@link #columns}.
     *
     * @param owner the alias of the row that has {@code account_id} and {@code hold_id}
     */
    public static String join(String owner) {
        return """
                LEFT JOIN LATERAL (SELECT * FROM hold WHERE hold.account_id = %1$s.account_id
                                   AND hold.hold_id = %1$s.hold_id LIMIT 1) h ON true""".formatted(owner);
    }

    /** The columns that {@link #read} takes, of the {@link #join}. */
    public static String columns() {
        return HOLD.select("h");
    }

    /**
     * A subquery, to be joined laterally: {@code remaining}, in millionths, of each open hold of an account, and what it
     * is reserved for.
     *
     * @param account a column of what it is joined to
     */
    public static String open(String account) {
        return """
                (SELECT o.amount - o.captured - o.released AS remaining, o.workspace_id, o.project_id FROM hold o
                 WHERE o.account_id = %s AND o.open ORDER BY o.expires_at OFFSET 0)""".formatted(account);
    }

    /** Null where there is none. */
    public static @Nullable Hold read(Row row) throws SQLException {
        String accountId = row.textOrNull();
        return accountId == null
                ? null
                : new Hold(
                        accountId,
                        row.uuid(),
                        row.credits(),
                        row.credits(),
                        row.credits(),
                        row.credits(),
                        Duration.ofSeconds(row.bigint()),
                        row.instant(),
                        row.instant(),
                        new Purpose(
                                null, null, row.textOrNull(), row.textOrNull(), row.textOrNull(), row.textOrNull()));
    }

    /** Adds to a batch's reads the open ones that expire by then. */
    public static void readExpiring(RoundTrip reads, Collection<Until> accounts, Consumer<Hold> found) {
        EXPIRING.in(reads, accounts, row -> {
            Hold hold = read(row);
            if (hold != null) {
                found.accept(hold);
            }
        });
    }

    /** Adds them to a batch's writes. */
    public static void write(RoundTrip writes, List<Hold> holds) {
        HOLD.upsert(writes, holds);
    }
}

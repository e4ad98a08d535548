package ai.mavster.credits.budget;

import ai.mavster.credits.Credits;
import ai.mavster.credits.EnumId;
import ai.mavster.credits.budget.limit.LimitScope;
import ai.mavster.credits.budget.window.Window;
import ai.mavster.credits.budget.window.WindowKind;
import ai.mavster.credits.ledger.hold.HoldTable;
import ai.mavster.credits.sql.Column;
import ai.mavster.credits.sql.Lookup;
import ai.mavster.credits.sql.RoundTrip;
import ai.mavster.credits.sql.Row;
import ai.mavster.credits.sql.Table;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The tables {@code budget} and {@code budget_window}, as the ledger's transactions read and write them. */
final class BudgetTable {

    private static final Table<Budget> BUDGET = Table.<Budget>named("budget")
            .key(Column.text("account_id", budget -> budget.key().accountId()))
            .key(Column.text("scope", budget -> budget.key().scope().id()))
            .key(Column.text("scope_id", budget -> budget.key().scopeId()))
            .changing(Column.credits("usage_limit", Budget::usageLimit))
            .changing(Column.text("thresholds", budget -> budget.thresholds().text()))
            .changing(Column.text("window_kind", budget -> budget.window().id()))
            .counted(Column.text("billing_email", Budget::billingEmail))
            .changing(Column.instant("created_at", Budget::createdAt))
            .changing(Column.instant("updated_at", Budget::updatedAt))
            .withChecksum();

    private static final Table<BudgetWindow> WINDOW = Table.<BudgetWindow>named("budget_window")
            .key(Column.text("account_id", row -> row.key().accountId()))
            .key(Column.text("scope", row -> row.key().scope().id()))
            .key(Column.text("scope_id", row -> row.key().scopeId()))
            .key(Column.instant("window_start", row -> row.window().start()))
            .changing(Column.instant("window_end", row -> row.window().end()))
            .changing(Column.text("window_kind", row -> row.window().kind().id()))
            .changing(Column.credits("usage_limit", BudgetWindow::limit))
            .changing(Column.credits("used", BudgetWindow::used))
            .changing(Column.credits("peak", BudgetWindow::peak))
            .changing(Column.credits("held", BudgetWindow::held))
            .changing(Column.instant("exceeded_at", BudgetWindow::exceededAt))
            .changing(Column.bool("counting", BudgetWindow::counting))
            .withChecksum();

    private static final String BUDGET_OF_WINDOW = """
            LEFT JOIN LATERAL (SELECT * FROM budget p WHERE p.account_id = w.account_id AND p.scope = w.scope
                               AND p.scope_id = w.scope_id ORDER BY p.scope_id LIMIT 1) b ON true""";

    private static final String COLUMNS = WINDOW.select("w") + ", " + BUDGET.select("b");

    /** The first of an account. */
    record First(String accountId, int most) {}

    /** By the order of the scopes' names, in which the whole account comes first. */
    private static final Lookup<First> FIRST =
            Lookup.by(List.of(Column.text("account_id", First::accountId), Column.bigint("most", First::most)), keys ->
                    """
            SELECT %s FROM %s
            CROSS JOIN LATERAL (SELECT * FROM budget_window o WHERE o.account_id = %s AND o.counting
                                ORDER BY o.scope, o.scope_id LIMIT k.most) w
            %s""".formatted(COLUMNS, keys.rows(), keys.account(), BUDGET_OF_WINDOW));

    private static final List<Column<BudgetKey>> KEYS = List.of(
            Column.text("account_id", BudgetKey::accountId),
            Column.text("scope", key -> key.scope().id()),
            Column.text("scope_id", BudgetKey::scopeId));

    private static final Lookup<BudgetKey> BY_KEY =
            Lookup.by(KEYS, keys -> """
            SELECT %s FROM %s
            CROSS JOIN LATERAL (SELECT * FROM budget_window o WHERE o.account_id = %s AND o.scope = k.scope
                                AND o.scope_id = k.scope_id AND o.counting ORDER BY o.scope_id LIMIT 1) w
            %s""".formatted(COLUMNS, keys.rows(), keys.account(), BUDGET_OF_WINDOW));

    private static final Lookup<ToRead.Used> EARLIER = Lookup.by(
            List.of(
                    Column.text("account_id", ToRead.Used::accountId),
                    Column.text("scope", used -> used.key().scope().id()),
                    Column.text("scope_id", used -> used.key().scopeId()),
                    Column.instant("window_start", ToRead.Used::since)),
            keys -> """
                    SELECT %s FROM %s
                    CROSS JOIN LATERAL (SELECT * FROM budget_window o WHERE o.account_id = %s AND o.scope = k.scope
                                        AND o.scope_id = k.scope_id AND o.window_start = k.window_start
                                        ORDER BY o.window_start LIMIT 1) w""".formatted(WINDOW.select("w"), keys.rows(), keys.account()));

    private static final Lookup<ToRead.Page> PAGE = Lookup.by(
            List.of(
                    Column.text("account_id", ToRead.Page::accountId),
                    Column.instant("created_at", ToRead.Page::createdAt),
                    Column.text("scope", ToRead.Page::scope),
                    Column.text("scope_id", ToRead.Page::scopeId),
                    Column.bigint("most", ToRead.Page::most)),
            keys -> """
                    SELECT %s FROM %s
                    CROSS JOIN LATERAL (SELECT * FROM budget o WHERE o.account_id = %s AND o.scope <> 'plan'
                                        AND (o.created_at, o.scope, o.scope_id) < (k.created_at, k.scope, k.scope_id)
                                        ORDER BY o.created_at DESC, o.scope DESC, o.scope_id DESC LIMIT k.most) b
                    CROSS JOIN LATERAL (SELECT * FROM budget_window c WHERE c.account_id = b.account_id AND c.scope = b.scope
                                        AND c.scope_id = b.scope_id AND c.counting ORDER BY c.scope_id LIMIT 1) w
                    ORDER BY b.created_at DESC, b.scope DESC, b.scope_id DESC""".formatted(COLUMNS, keys.rows(), keys.account()));

    private static final Lookup<BudgetKey> HELD =
            Lookup.by(KEYS, keys -> """
            SELECT %2$s, k.scope, k.scope_id, CAST(h.held AS bigint) FROM %1$s
            CROSS JOIN LATERAL (SELECT coalesce(sum(o.remaining), 0) AS held FROM %3$s o
                                WHERE CASE k.scope WHEN 'workspace' THEN o.workspace_id WHEN 'project' THEN o.project_id END
                                    = k.scope_id) h""".formatted(keys.rows(), keys.account(), HoldTable.open(keys.account())));

    /**
     * What a key has counted in the window that is counting.
     *
     * @param budget null: there is none
     */
    record Found(BudgetWindow window, @Nullable Budget budget) {}

    private BudgetTable() {}

    static Table<Budget> budgets() {
        return BUDGET;
    }

    static Table<BudgetWindow> windows() {
        return WINDOW;
    }

    static void readFirst(RoundTrip reads, Collection<First> accounts, Consumer<Found> found) {
        FIRST.in(reads, accounts, row -> found.accept(found(row)));
    }

    static void read(RoundTrip reads, Collection<BudgetKey> keys, Consumer<Found> found) {
        BY_KEY.in(reads, keys, row -> found.accept(found(row)));
    }

    static void readPage(RoundTrip reads, ToRead.Page page, Consumer<Found> found) {
        PAGE.in(reads, List.of(page), row -> found.accept(found(row)));
    }

    /** What windows had counted before others took their place. */
    static void readEarlier(RoundTrip reads, Collection<ToRead.Used> windows, Consumer<BudgetWindow> found) {
        EARLIER.in(reads, windows, row -> found.accept(window(row)));
    }

    /** What open holds reserve for workspaces and projects. */
    static void readHeld(RoundTrip reads, Collection<BudgetKey> keys, BiConsumer<BudgetKey, Credits> found) {
        HELD.in(reads, keys, row -> found.accept(key(row), row.credits()));
    }

    private static BudgetKey key(Row row) throws SQLException {
        return new BudgetKey(row.text(), EnumId.parse(LimitScope.class, row.text()), row.text());
    }

    private static Found found(Row row) throws SQLException {
        BudgetWindow counted = window(row);
        boolean isBudget = row.textOrNull() != null;
        return new Found(counted, isBudget ? budget(counted.key(), row.skip(2)) : null);
    }

    private static BudgetWindow window(Row row) throws SQLException {
        BudgetKey key = key(row);
        Instant start = row.instant();
        Instant end = row.instant();
        Window window = new Window(EnumId.parse(WindowKind.class, row.text()), start, end);
        return new BudgetWindow(
                key,
                window,
                row.creditsOrNull(),
                row.credits(),
                row.credits(),
                row.credits(),
                row.instantOrNull(),
                row.bool());
    }

    private static Budget budget(BudgetKey key, Row row) throws SQLException {
        return new Budget(
                key,
                row.creditsOrNull(),
                Thresholds.parse(row.text()),
                EnumId.parse(WindowKind.class, row.text()),
                row.textOrNull(),
                row.instant(),
                row.instant());
    }

    /** Those that are over first: no two of a key may be counting at a time. */
    static void write(RoundTrip writes, Collection<BudgetWindow> windows) {
        WINDOW.upsert(writes, windows.stream().filter(row -> !row.counting()).toList());
        WINDOW.upsert(writes, windows.stream().filter(BudgetWindow::counting).toList());
    }

    static void write(RoundTrip writes, Collection<Budget> set, Collection<Budget> deleted) {
        BUDGET.upsert(writes, set);
        deleted.forEach(budget -> BUDGET.delete(writes, budget));
    }
}

package ai.mavster.credits.alert;

import ai.mavster.credits.sql.Column;
import ai.mavster.credits.sql.Lookup;
import ai.mavster.credits.sql.RoundTrip;
import ai.mavster.credits.sql.Table;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** The tables {@code alert} and {@code alert_settings}, as the ledger's transactions read and write them. */
final class AlertTable {

    private static final Table<Alert> ALERT = Table.<Alert>named("alert")
            .key(Column.text("account_id", Alert::accountId))
            .key(Column.uuid("alert_id", Alert::alertId))
            .column(Column.text("scope", alert -> alert.scope().id()))
            .column(Column.text("scope_id", Alert::scopeId))
            .column(Column.numeric("threshold", Alert::threshold))
            .column(Column.credits("used", Alert::used))
            .column(Column.credits("used_of", Alert::limit))
            .column(Column.instant("window_start", Alert::windowStart))
            .column(Column.instant("told_at", Alert::at))
            .declared();

    private static final Table<AlertSettings> SETTINGS = Table.<AlertSettings>named("alert_settings")
            .key(Column.text("account_id", AlertSettings::accountId))
            .changing(Column.credits("debit_above", AlertSettings::debitAbove))
            .changing(Column.bool("running_out", AlertSettings::runningOut))
            .withChecksum();

    private static final Lookup<String> SETTINGS_OF = Lookup.by(
            List.of(Column.text("account_id")),
            keys -> "SELECT " + SETTINGS.select("s") + " FROM alert_settings s WHERE s.account_id " + keys.only());

    /** When the period started that has the last alert that credits run out. */
    private static final Lookup<String> RUNNING_OUT =
            Lookup.by(List.of(Column.text("account_id")), keys -> """
                    SELECT a.account_id, a.window_start FROM %s
                    CROSS JOIN LATERAL (SELECT * FROM alert o WHERE o.account_id = %s AND o.scope = 'run_rate'
                                        ORDER BY o.window_start DESC LIMIT 1) a""".formatted(keys.rows(), keys.account()));

    private AlertTable() {}

    static Table<AlertSettings> settings() {
        return SETTINGS;
    }

    static void readSettings(RoundTrip reads, Set<String> accountIds, Consumer<AlertSettings> found) {
        SETTINGS_OF.in(
                reads, accountIds, row -> found.accept(new AlertSettings(row.text(), row.creditsOrNull(), row.bool())));
    }

    static void readRunningOut(RoundTrip reads, Set<String> accountIds, BiConsumer<String, Instant> found) {
        RUNNING_OUT.in(reads, accountIds, row -> found.accept(row.text(), row.instant()));
    }

    static void write(RoundTrip writes, Collection<Alert> alerts) {
        ALERT.insert(writes, alerts);
    }

    static void writeSettings(RoundTrip writes, Collection<AlertSettings> settings) {
        SETTINGS.upsert(writes, settings);
    }
}

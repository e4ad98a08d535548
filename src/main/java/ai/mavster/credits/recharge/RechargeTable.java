package ai.mavster.credits.recharge;

import ai.mavster.credits.EnumId;
import ai.mavster.credits.recharge.terms.RechargeSettings;
import ai.mavster.credits.recharge.terms.RechargeStatus;
import ai.mavster.credits.recharge.terms.RechargeTerms;
import ai.mavster.credits.sql.Column;
import ai.mavster.credits.sql.Lookup;
import ai.mavster.credits.sql.RoundTrip;
import ai.mavster.credits.sql.Row;
import ai.mavster.credits.sql.Table;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/** The tables {@code recharge_settings}, {@code recharge} and {@code recharge_queue}, as the ledger's transactions use them. */
final class RechargeTable {

    /** A place in the queue. */
    record Queued(RechargeKey key, Instant dueAt) {}

    /** Where waiting after failures may be over. */
    static final String ACCOUNTS_TO_LOOK_AT =
            "SELECT account_id FROM recharge_settings WHERE not_before <= ? AND not_before IS NOT NULL";

    private static final Table<RechargeSettings> SETTINGS = Table.<RechargeSettings>named("recharge_settings")
            .key(Column.text("account_id", RechargeSettings::accountId))
            .changing(Column.bool("enabled", RechargeSettings::enabled))
            .changing(Column.credits("threshold", row -> row.terms().threshold()))
            .changing(Column.credits("credits_to_add", row -> row.terms().creditsToAdd()))
            .changing(Column.credits("top_up_to", row -> row.terms().topUpTo()))
            .changing(Column.credits("limit_per_period", row -> row.terms().limitPerPeriod()))
            .changing(Column.text("payment_method", row -> row.terms().paymentMethod()))
            .changing(Column.text(
                    "switched_off",
                    row -> row.switchedOff() == null ? null : row.switchedOff().id()))
            .changing(Column.bigint("failures", row -> row.pause().failures()))
            .changing(Column.instant("not_before", row -> row.pause().notBefore()))
            .changing(Column.uuid("in_flight", RechargeSettings::inFlight))
            .changing(Column.instant("period_start", row -> row.counted().periodStart()))
            .changing(Column.credits("recharged", row -> row.counted().credits()))
            .changing(Column.bool("limit_reported", row -> row.counted().limitReported()))
            .withChecksum();

    private static final Table<Recharge> RECHARGE = Table.<Recharge>named("recharge")
            .key(Column.text("account_id", Recharge::accountId))
            .key(Column.uuid("recharge_id", Recharge::rechargeId))
            .changing(Column.text("status", row -> row.status().id()))
            .column(Column.credits("credits", Recharge::credits))
            .column(Column.text("payment_method", Recharge::paymentMethod))
            .column(Column.instant("period_start", Recharge::periodStart))
            .column(Column.instant("created_at", Recharge::createdAt))
            .changing(Column.instant("asked_at", Recharge::askedAt))
            .changing(Column.instant("ended_at", Recharge::endedAt))
            .withChecksum();

    private static final Table<Queued> QUEUE = Table.<Queued>named("recharge_queue")
            .key(Column.text("account_id", row -> row.key.accountId()))
            .key(Column.uuid("recharge_id", row -> row.key.rechargeId()))
            .column(Column.instant("due_at", Queued::dueAt))
            .column(Column.bigint("attempts", row -> 0))
            .declared();

    private static final Lookup<String> SETTINGS_OF = Lookup.by(
            List.of(Column.text("account_id")),
            keys -> "SELECT " + SETTINGS.select("s") + " FROM recharge_settings s WHERE s.account_id " + keys.only());

    private static final Lookup<RechargeKey> RECHARGES = Lookup.by(
            List.of(
                    Column.text("account_id", RechargeKey::accountId),
                    Column.uuid("recharge_id", RechargeKey::rechargeId)),
            keys -> "SELECT " + RECHARGE.select("r")
                    + " FROM %s JOIN recharge r ON r.account_id = %s AND r.recharge_id = k.recharge_id"
                            .formatted(keys.rows(), keys.account()));

    private RechargeTable() {}

    static Table<RechargeSettings> settings() {
        return SETTINGS;
    }

    static Table<Recharge> recharges() {
        return RECHARGE;
    }

    static void readSettings(RoundTrip reads, Set<String> accountIds, Consumer<RechargeSettings> found) {
        SETTINGS_OF.in(reads, accountIds, row -> found.accept(settings(row)));
    }

    private static RechargeSettings settings(Row row) throws SQLException {
        String accountId = row.text();
        boolean enabled = row.bool();
        RechargeTerms terms = new RechargeTerms(
                row.creditsOrNull(), row.creditsOrNull(), row.creditsOrNull(), row.creditsOrNull(), row.textOrNull());
        String switchedOff = row.textOrNull();
        RechargeSettings.Pause pause = new RechargeSettings.Pause(Math.toIntExact(row.bigint()), row.instantOrNull());
        UUID inFlight = row.uuidOrNull();
        return new RechargeSettings(
                accountId,
                enabled,
                terms,
                switchedOff == null ? null : EnumId.parse(RechargeSettings.SwitchedOff.class, switchedOff),
                pause,
                inFlight,
                new RechargeSettings.Counted(row.instantOrNull(), row.credits(), row.bool()));
    }

    static void readRecharges(RoundTrip reads, Set<RechargeKey> keys, Consumer<Recharge> found) {
        RECHARGES.in(reads, keys, row -> found.accept(recharge(row)));
    }

    private static Recharge recharge(Row row) throws SQLException {
        return new Recharge(
                row.text(),
                row.uuid(),
                EnumId.parse(RechargeStatus.class, row.text()),
                row.credits(),
                row.textOrNull(),
                row.instant(),
                row.instant(),
                row.instantOrNull(),
                row.instantOrNull());
    }

    /**
     * Recharges before the settings that name one, those that end before one that takes their place in flight, and the
     * queue after them.
     *
     * @param ended nobody is asked about these any more
     */
    static void write(
            RoundTrip writes,
            Collection<Recharge> created,
            Collection<Recharge> changed,
            Collection<RechargeSettings> settings,
            Collection<RechargeKey> ended,
            Instant now) {
        RECHARGE.upsert(writes, changed);
        RECHARGE.insert(writes, created);
        SETTINGS.upsert(writes, settings);
        QUEUE.insert(
                writes,
                created.stream()
                        .map(one -> new Queued(RechargeKey.of(one), now))
                        .toList());
        ended.forEach(key -> QUEUE.delete(writes, new Queued(key, now)));
    }
}

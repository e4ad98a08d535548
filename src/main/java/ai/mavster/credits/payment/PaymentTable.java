package ai.mavster.credits.payment;

import ai.mavster.credits.EnumId;
import ai.mavster.credits.Money;
import ai.mavster.credits.sql.Column;
import ai.mavster.credits.sql.Lookup;
import ai.mavster.credits.sql.RoundTrip;
import ai.mavster.credits.sql.Row;
import ai.mavster.credits.sql.Table;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The tables {@code payment} and {@code payment_surplus}, as the ledger's transactions read and write them. */
final class PaymentTable {

    private static final Table<Payment> PAYMENT = Table.<Payment>named("payment")
            .key(Column.text("account_id", Payment::accountId))
            .key(Column.uuid("payment_id", Payment::paymentId))
            .column(Column.text("purpose", payment -> payment.purchase().kind().id()))
            .column(Column.credits("credits", Payment::credits))
            .column(Column.numeric("amount", payment -> payment.price().value()))
            .column(Column.text("currency", payment -> payment.price().currency()))
            .column(Column.text("provider", payment -> payment.provider().id()))
            .column(Column.instant("ordered_at", Payment::orderedAt))
            .changing(Column.text("status", payment -> payment.status().id()))
            .changing(Column.text("provider_payment_id", Payment::providerPaymentId))
            .changing(Column.instant("paid_at", Payment::paidAt))
            .changing(Column.uuid("grant_id", Payment::grantId))
            .changing(Column.text(
                    "finding",
                    payment ->
                            payment.finding() == null ? null : payment.finding().id()))
            .changing(Column.numeric("refunded", Payment::refunded))
            .changing(Column.numeric("disputed", Payment::disputed))
            .changing(Column.credits("claimed", Payment::claimed))
            .changing(Column.text("decline_code", Payment::declineCode))
            .changing(Column.instant("fetched_at", Payment::fetchedAt))
            .counted(Column.text("confirmation_url", Payment::confirmationUrl))
            .withChecksum();

    private static final Table<SurplusPayment> SURPLUS = Table.<SurplusPayment>named("payment_surplus")
            .key(Column.text("account_id", SurplusPayment::accountId))
            .key(Column.uuid("payment_id", SurplusPayment::paymentId))
            .key(Column.text("provider_payment_id", SurplusPayment::providerPaymentId))
            .column(Column.numeric("amount", surplus -> surplus.amount().value()))
            .column(Column.text("currency", surplus -> surplus.amount().currency()))
            .column(Column.instant("paid_at", SurplusPayment::paidAt))
            .changing(Column.numeric("refunded", SurplusPayment::refunded))
            .changing(Column.numeric("disputed", SurplusPayment::disputed))
            .changing(Column.instant("fetched_at", SurplusPayment::fetchedAt))
            .withChecksum();

    private static final Table<ClaimedGrant> GRANT = Table.<ClaimedGrant>named("payment_grant")
            .key(Column.text("account_id", ClaimedGrant::accountId))
            .key(Column.uuid("payment_id", ClaimedGrant::paymentId))
            .key(Column.bigint("number", ClaimedGrant::number))
            .column(Column.uuid("grant_id", ClaimedGrant::grantId))
            .column(Column.credits("credits", ClaimedGrant::credits))
            .changing(Column.credits("claimed", ClaimedGrant::claimed))
            .changing(Column.credits("reinstated", ClaimedGrant::reinstated))
            .withChecksum();

    private static final List<Column<PaymentKey>> KEYS =
            List.of(Column.text("account_id", PaymentKey::accountId), Column.uuid("payment_id", PaymentKey::paymentId));

    private static final Lookup<PaymentKey> BY_KEY =
            Lookup.by(KEYS, keys -> """
            SELECT %s FROM %s
            CROSS JOIN LATERAL (SELECT * FROM payment o WHERE o.account_id = %s AND o.payment_id = k.payment_id
                                ORDER BY o.payment_id LIMIT 1) p""".formatted(PAYMENT.select("p"), keys.rows(), keys.account()));

    private static final Lookup<PaymentKey> SURPLUS_BY_KEY =
            Lookup.by(KEYS, keys -> """
            SELECT %s FROM %s
            CROSS JOIN LATERAL (SELECT * FROM payment_surplus o WHERE o.account_id = %s AND o.payment_id = k.payment_id
                                ORDER BY o.provider_payment_id) s""".formatted(SURPLUS.select("s"), keys.rows(), keys.account()));

    private static final Lookup<PaymentKey> GRANTS_BY_KEY =
            Lookup.by(KEYS, keys -> """
            SELECT %s FROM %s
            CROSS JOIN LATERAL (SELECT * FROM payment_grant o WHERE o.account_id = %s AND o.payment_id = k.payment_id
                                ORDER BY o.number) g""".formatted(GRANT.select("g"), keys.rows(), keys.account()));

    private PaymentTable() {}

    static Table<Payment> payments() {
        return PAYMENT;
    }

    static Table<SurplusPayment> surplus() {
        return SURPLUS;
    }

    static Table<ClaimedGrant> grants() {
        return GRANT;
    }

    static void read(
            RoundTrip reads,
            Collection<PaymentKey> keys,
            Consumer<Payment> found,
            Consumer<SurplusPayment> foundSurplus,
            Consumer<ClaimedGrant> foundGrant) {
        BY_KEY.in(reads, keys, row -> found.accept(payment(row)));
        SURPLUS_BY_KEY.in(reads, keys, row -> foundSurplus.accept(surplus(row)));
        GRANTS_BY_KEY.in(
                reads,
                keys,
                row -> foundGrant.accept(new ClaimedGrant(
                        row.text(),
                        row.uuid(),
                        row.integer(),
                        row.uuid(),
                        row.credits(),
                        row.credits(),
                        row.credits())));
    }

    private static Payment payment(Row row) throws SQLException {
        String accountId = row.text();
        UUID paymentId = row.uuid();
        return new Payment(
                new Purchase(accountId, EnumId.parse(Purchase.Kind.class, row.text()), paymentId),
                row.credits(),
                new Money(row.numeric(), row.text()),
                EnumId.parse(PaymentGateway.Provider.class, row.text()),
                row.instant(),
                EnumId.parse(Payment.Status.class, row.text()),
                row.textOrNull(),
                row.instantOrNull(),
                row.uuidOrNull(),
                finding(row.textOrNull()),
                row.numeric(),
                row.numeric(),
                row.credits(),
                row.textOrNull(),
                row.instantOrNull(),
                row.textOrNull());
    }

    private static @Nullable Finding finding(@Nullable String id) {
        return id == null ? null : EnumId.parse(Finding.class, id);
    }

    private static SurplusPayment surplus(Row row) throws SQLException {
        return new SurplusPayment(
                row.text(),
                row.uuid(),
                row.text(),
                new Money(row.numeric(), row.text()),
                row.instant(),
                row.numeric(),
                row.numeric(),
                row.instant());
    }
}

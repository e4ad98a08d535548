package ai.mavster.credits.checkout.order;

import ai.mavster.credits.EnumId;
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

/** The table {@code checkout}, as the ledger's transactions read and write it. */
final class CheckoutTable {

    private static final Table<Checkout> CHECKOUT = Table.<Checkout>named("checkout")
            .key(Column.text("account_id", Checkout::accountId))
            .key(Column.uuid("checkout_id", Checkout::checkoutId))
            .column(Column.text("pack_id", Checkout::packId))
            .column(Column.bigint("pack_version", Checkout::packVersion))
            .column(Column.instant("expires_at", Checkout::expiresAt))
            .changing(Column.text("status", checkout -> checkout.status().id()))
            .changing(Column.text("page_id", CheckoutTable::pageId))
            .changing(Column.text("url", CheckoutTable::url))
            .changing(Column.bool("closes_page", Checkout::closesPage))
            .withChecksum();

    /** Which one. */
    record CheckoutKey(String accountId, UUID checkoutId) {}

    private static final Lookup<CheckoutKey> BY_KEY = Lookup.by(
            List.of(
                    Column.text("account_id", CheckoutKey::accountId),
                    Column.uuid("checkout_id", CheckoutKey::checkoutId)),
            keys -> """
                    SELECT %s FROM %s
                    CROSS JOIN LATERAL (SELECT * FROM checkout o WHERE o.account_id = %s AND o.checkout_id = k.checkout_id
                                        ORDER BY o.checkout_id LIMIT 1) c""".formatted(CHECKOUT.select("c"), keys.rows(), keys.account()));

    private static final Lookup<String> OPEN = Lookup.by(
            List.of(Column.text("account_id")),
            keys -> "SELECT %s FROM checkout c WHERE c.account_id %s AND c.status = 'open'"
                    .formatted(CHECKOUT.select("c"), keys.only()));

    /** Where one has expired that is open. */
    static final String ACCOUNTS_WITH_EXPIRED =
            "SELECT account_id FROM checkout WHERE status = 'open' AND expires_at <= ?";

    private CheckoutTable() {}

    static Table<Checkout> table() {
        return CHECKOUT;
    }

    private static @Nullable String pageId(Checkout checkout) {
        return checkout.page() == null ? null : checkout.page().id();
    }

    private static @Nullable String url(Checkout checkout) {
        return checkout.page() == null ? null : checkout.page().url();
    }

    static void read(RoundTrip reads, Collection<CheckoutKey> keys, Consumer<Checkout> found) {
        BY_KEY.in(reads, keys, row -> found.accept(checkout(row)));
    }

    static void readOpen(RoundTrip reads, Collection<String> accountIds, Consumer<Checkout> found) {
        OPEN.in(reads, accountIds, row -> found.accept(checkout(row)));
    }

    private static Checkout checkout(Row row) throws SQLException {
        return new Checkout(
                row.text(),
                row.uuid(),
                row.text(),
                row.integer(),
                row.instant(),
                EnumId.parse(CheckoutStatus.class, row.text()),
                page(row.textOrNull(), row.textOrNull()),
                row.bool());
    }

    static Checkout.@Nullable PaymentPage page(@Nullable String pageId, @Nullable String url) {
        return pageId == null || url == null ? null : new Checkout.PaymentPage(pageId, url);
    }
}

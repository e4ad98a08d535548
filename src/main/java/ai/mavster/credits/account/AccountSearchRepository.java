package ai.mavster.credits.account;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.hibernate.Session;
import org.hibernate.query.SelectionQuery;
import org.jspecify.annotations.Nullable;

/**
 * Accounts in the order of an index, a few at a time: the newest first, or those whose id, name or mail address begins
 * with a text.
 */
@Singleton
class AccountSearchRepository implements PanacheRepositoryBase<Account, String> {

    /** After every text that begins with the one before it. */
    private static final String HIGHEST = Character.toString(Character.MAX_CODE_POINT);

    private static final Instant BEGINNING = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant END = Instant.parse("9999-12-31T23:59:59.999999Z");

    private final Session session;

    AccountSearchRepository(Session session) {
        this.session = session;
    }

    /** By what accounts are ordered, and what they are searched by in this order. */
    enum Order {
        NEWEST("createdAt"),
        ID("accountId"),
        NAME("searchedName"),
        MAIL("searchedEmail");

        private final String field;

        Order(String field) {
            this.field = field;
        }

        private String key(Account account) {
            return switch (this) {
                case NEWEST -> account.createdAt.toString();
                case ID -> account.accountId;
                case NAME -> String.valueOf(account.searchedName);
                case MAIL -> String.valueOf(account.searchedEmail);
            };
        }
    }

    /**
     * An account's place in the list.
     *
     * @param key what it is ordered by
     */
    record Place(Order order, String key, String accountId) {}

    /** One in the list, as it was found. */
    record Found(
            Place place, @Nullable String name, @Nullable String billingEmail, Instant createdAt) {

        private static Found of(Order order, Account account) {
            return new Found(
                    new Place(order, order.key(account), account.accountId),
                    account.name,
                    account.billingEmail,
                    account.createdAt);
        }

        /** Whether what begins with a text was found in an earlier order already. */
        boolean isRepeated(String text) {
            boolean byId = place.accountId.startsWith(text);
            boolean byName = name != null && lower(name).startsWith(lower(text));
            return (place.order == Order.NAME && byId) || (place.order == Order.MAIL && (byId || byName));
        }
    }

    /**
     * The newest first.
     *
     * @param from belongs to the time of their making, {@code to} does not; null: any
     */
    List<Found> newest(@Nullable Instant from, @Nullable Instant to, @Nullable Place after, int limit) {
        SelectionQuery<Account> query = session.createSelectionQuery("""
                        from Account a where a.createdAt >= :from and a.createdAt < :to and (a.createdAt, a.accountId) < (:at, :id)
                        order by a.createdAt desc, a.accountId desc""", Account.class)
                .setParameter("from", from == null ? BEGINNING : from)
                .setParameter("to", to == null ? END : to)
                .setParameter("at", after == null ? END : Instant.parse(after.key))
                .setParameter("id", after == null ? "" : after.accountId);
        return found(query, Order.NEWEST, limit);
    }

    /** Those that begin with a text, in the order of what begins with it. */
    List<Found> beginning(String text, Order order, @Nullable Place after, int limit) {
        String start = order == Order.ID ? text : lower(text);
        SelectionQuery<Account> query = session.createSelectionQuery("""
                        from Account a where a.%1$s >= :start and a.%1$s < :end and (a.%1$s, a.accountId) > (:key, :id)
                        order by a.%1$s, a.accountId""".formatted(order.field), Account.class)
                .setParameter("start", start)
                .setParameter("end", start + HIGHEST)
                .setParameter("key", after == null ? "" : after.key)
                .setParameter("id", after == null ? "" : after.accountId);
        return found(query, order, limit);
    }

    private static List<Found> found(SelectionQuery<Account> query, Order order, int limit) {
        return query.setMaxResults(limit).setReadOnly(true).getResultList().stream()
                .map(account -> Found.of(order, account))
                .toList();
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}

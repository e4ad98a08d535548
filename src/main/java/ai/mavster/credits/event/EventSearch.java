package ai.mavster.credits.event;

import ai.mavster.credits.Identifier;
import ai.mavster.credits.InvalidInput;
import ai.mavster.credits.UuidV7;
import ai.mavster.credits.http.Cursor;
import ai.mavster.credits.http.Query;
import ai.mavster.credits.http.reading.ListSearch;
import io.quarkus.narayana.jta.QuarkusTransaction;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A search through the events of all accounts, or of one, by when they were written. */
final class EventSearch extends ListSearch<UUID, EventRow, EventRow> {

    /**
     * Longer than a transaction takes, and than clocks differ: what is older than this has nothing written before it
     * any more, so that who goes forward passes nothing by.
     */
    private static final Duration SETTLED = Duration.ofSeconds(30);

    private static final UUID FIRST = new UUID(0, 0);

    /** After all that there will be for a long time; of the positive ones, which are compared as the database does. */
    private static final UUID LAST = new UUID(Long.MAX_VALUE, Long.MAX_VALUE);

    private final EventRepository events;
    private final Filter filter;

    EventSearch(EventRepository events, Filter filter) {
        this.events = events;
        this.filter = filter;
    }

    /** Which way a list goes. */
    @Schema(name = "EventOrder")
    enum Order {
        ASC,
        DESC
    }

    /**
     * Which events.
     *
     * @param accountId null: of all accounts
     * @param types empty: any
     * @param from the smallest id
     * @param before above all ids
     */
    record Filter(@Nullable String accountId, Set<String> types, UUID from, UUID before, boolean ascending) {

        static Filter of(Query query, Instant now) {
            boolean ascending = query.oneOf("order", Order.class) == Order.ASC;
            Instant from = query.instant("from");
            Instant to = query.instant("to");
            UUID before = to == null ? LAST : UuidV7.first(to);
            UUID settled = UuidV7.first(now.minus(SETTLED));
            return new Filter(
                    query.matching("account_id", Identifier.PATTERN),
                    query.anyOf("types", EventType.class).stream()
                            .map(EventType::id)
                            .collect(Collectors.toSet()),
                    from == null ? FIRST : UuidV7.first(from),
                    ascending && settled.compareTo(before) < 0 ? settled : before,
                    ascending);
        }
    }

    @Override
    protected List<EventRow> after(@Nullable UUID last) {
        UUID after = filter.ascending && last != null ? last : filter.from;
        UUID before = filter.ascending || last == null ? filter.before : last;
        return QuarkusTransaction.requiringNew()
                .call(() -> events.between(filter.accountId, after, before, filter.ascending, SLICE));
    }

    @Override
    protected UUID place(EventRow row) {
        return row.eventId;
    }

    @Override
    protected List<Map.Entry<EventRow, EventRow>> matching(List<EventRow> slice) {
        return slice.stream()
                .filter(row -> filter.types.isEmpty() || filter.types.contains(row.type))
                .map(row -> Map.entry(row, row))
                .toList();
    }

    @Override
    protected String cursor(UUID place) {
        return Cursor.of(EventId.of(place));
    }

    /** The place that a cursor names. */
    static @Nullable UUID start(@Nullable String cursor) {
        UUID place = cursor == null ? null : EventId.parse(cursor);
        if (cursor != null && place == null) {
            throw new InvalidInput("cursor", "is not a cursor of this list");
        }
        return place;
    }
}

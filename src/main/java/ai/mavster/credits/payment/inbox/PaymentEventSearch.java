package ai.mavster.credits.payment.inbox;

import ai.mavster.credits.http.Cursor;
import ai.mavster.credits.http.reading.ListSearch;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A search through the events, by when they were received. */
final class PaymentEventSearch extends ListSearch<Cursor.Place, ProviderEventRow, ProviderEventRow> {

    private static final Instant END = Instant.parse("9999-12-31T00:00:00Z");

    private final ProviderEventRepository events;
    private final @Nullable EventStatus status;
    private final @Nullable String type;

    /**
     * @param status null: any; {@code type} likewise
     */
    PaymentEventSearch(ProviderEventRepository events, @Nullable EventStatus status, @Nullable String type) {
        this.events = events;
        this.status = status;
        this.type = type;
    }

    @Override
    protected List<ProviderEventRow> after(Cursor.@Nullable Place last) {
        return last == null
                ? events.before(END, "", status, SLICE)
                : events.before(last.time(), last.ids().get(0), status, SLICE);
    }

    @Override
    protected Cursor.Place place(ProviderEventRow row) {
        return new Cursor.Place(row.receivedAt, List.of(row.eventId));
    }

    @Override
    protected List<Map.Entry<ProviderEventRow, ProviderEventRow>> matching(List<ProviderEventRow> slice) {
        return slice.stream()
                .filter(row -> type == null || type.equals(row.type))
                .map(row -> Map.entry(row, row))
                .toList();
    }

    @Override
    protected String cursor(Cursor.Place place) {
        return Cursor.of(place.time(), place.ids());
    }
}

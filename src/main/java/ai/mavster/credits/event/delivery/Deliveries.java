package ai.mavster.credits.event.delivery;

import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What became of the deliveries of an account's events, to whichever endpoint. For pages. */
@Singleton
public class Deliveries {

    private final DeliveryRepository deliveries;

    Deliveries(DeliveryRepository deliveries) {
        this.deliveries = deliveries;
    }

    /**
     * A delivery.
     *
     * @param sequence of its event
     * @param name of its endpoint, as far as it has one
     * @param url empty: the endpoint is gone
     * @param status pending, delivered or failed
     * @param answered the HTTP status of the last attempt; null: nothing was answered, or there was none
     * @param failure why that did not count as delivered; null: it did, or there was none
     */
    public record OfEvent(
            long sequence,
            @Nullable String name,
            String url,
            boolean enabled,
            String status,
            int attempts,
            @Nullable Instant finishedAt,
            @Nullable Integer answered,
            @Nullable String failure) {}

    /** By the numbers of their events, from one to another. */
    public Map<Long, List<OfEvent>> ofEvents(String accountId, long first, long last) throws SQLException {
        return deliveries.ofEvents(accountId, first, last).stream().collect(Collectors.groupingBy(OfEvent::sequence));
    }
}

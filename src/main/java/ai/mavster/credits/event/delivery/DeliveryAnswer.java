package ai.mavster.credits.event.delivery;

import ai.mavster.credits.event.EventType;
import ai.mavster.credits.event.delivery.Attempt.Failure;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** An event that an endpoint is to get, or has got, and how its last attempts ended. */
@Schema(name = "WebhookDelivery", examples = """
        {"event_id": "evt_0198f2f0-5c1a-7c3e-9b1d-2a4f5e6d7c8b", "type": "budget.exceeded", "account_id": "acct_7",\
         "sequence": 42, "status": "pending", "attempts": 1, "created_at": "2026-11-21T18:39:00Z", "finished_at": null,\
         "last_attempts": [{"attempt": 1, "at": "2026-11-21T18:39:00Z", "milliseconds": 87, "status": 500,\
         "failure": "status", "answer": "Out of order"}]}""")
record DeliveryAnswer(
        @Schema(examples = "evt_0198f2f0-5c1a-7c3e-9b1d-2a4f5e6d7c8b")
        String eventId,

        @Schema(implementation = EventType.class) String type,

        String accountId,

        @Schema(description = "The event's number within its account.", examples = "42")
        long sequence,

        @Schema(description = "failed: it was given up, after some ten attempts within three days.")
        Status status,

        @Schema(description = "How many there were.", examples = "1")
        int attempts,

        @Schema(description = "When it was first to be delivered.")
        Instant createdAt,

        @Nullable Instant finishedAt,

        @Schema(description = "The last ten, newest first.") List<AttemptAnswer> lastAttempts) {

    /** Where a delivery stands. */
    @Schema(name = "DeliveryStatus")
    enum Status {
        PENDING,
        DELIVERED,
        FAILED
    }

    /** How an attempt ended. */
    @Schema(name = "DeliveryAttempt", examples = """
            {"attempt": 1, "at": "2026-11-21T18:39:00Z", "milliseconds": 87, "status": 500, "failure": "status",\
             "answer": "Out of order"}""")
    record AttemptAnswer(
            @Schema(examples = "1") int attempt,

            Instant at,

            @Schema(description = "How long it took.", examples = "87")
            long milliseconds,

            @Schema(description = "What was answered; null: nothing was.", examples = "500") @Nullable
            Integer status,

            @Schema(description = "Why it does not count as delivered; null: it does.") @Nullable
            Failure failure,

            @Schema(description = "How the body that was answered begins: at most 1 kB of it.") @Nullable
            String answer) {}
}

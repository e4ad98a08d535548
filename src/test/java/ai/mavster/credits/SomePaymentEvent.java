package ai.mavster.credits;

import ai.mavster.credits.payment.PaymentGateway;
import ai.mavster.credits.payment.inbox.Inbox;
import ai.mavster.credits.payment.inbox.ReceivedEvent;
import io.quarkus.arc.Arc;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;

/** An event as a provider may send one. */
final class SomePaymentEvent {

    private SomePaymentEvent() {}

    /** The id of a new one, which was received and is not processed yet. */
    static String received() {
        String id = "example-" + UUID.randomUUID();
        try {
            Arc.container()
                    .instance(Inbox.class)
                    .get()
                    .receive(new ReceivedEvent(
                            PaymentGateway.Provider.SANDBOX,
                            id,
                            "payment.paid",
                            "no-such-payment",
                            Instant.now(),
                            null));
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
        return id;
    }
}

package ai.mavster.credits.alert.mail;

import ai.mavster.credits.ledger.Participant;
import ai.mavster.credits.sql.RoundTrip;
import jakarta.inject.Singleton;

/** The mail's part in each ledger transaction: writes down what is to be sent once it is committed. */
@Singleton
class MailParticipant implements Participant {

    private final boolean enabled;
    private final MailDelivery delivery;

    MailParticipant(MailSettings settings, MailDelivery delivery) {
        this.enabled = settings.isOn();
        this.delivery = delivery;
    }

    @Override
    public int order() {
        return 510;
    }

    @Override
    public InBatch read(RoundTrip reads, Scope scope) {
        return new MailInBatch(enabled, scope.from(), delivery::wake);
    }
}

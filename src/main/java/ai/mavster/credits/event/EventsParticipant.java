package ai.mavster.credits.event;

import ai.mavster.credits.ledger.Participant;
import ai.mavster.credits.sql.RoundTrip;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;

/** The events' part in each ledger transaction: writes down what is announced. */
@Singleton
class EventsParticipant implements Participant {

    private final ObjectMapper json;
    private final NewEvents news;

    EventsParticipant(ObjectMapper json, NewEvents news) {
        this.json = json;
        this.news = news;
    }

    /** The last: whatever the others announce is heard. */
    @Override
    public int order() {
        return 900;
    }

    @Override
    public InBatch read(RoundTrip reads, Scope scope) {
        EventsInBatch state = new EventsInBatch(json, news);
        // Where nothing is to be decided there is nothing to be numbered.
        if (!scope.commands().isEmpty()) {
            EventTable.readHeads(reads, scope.accountIds(), state::load);
        }
        return state;
    }
}

package ai.mavster.credits.event;

import ai.mavster.credits.event.EventTable.Announced;
import ai.mavster.credits.event.EventTable.Head;
import ai.mavster.credits.ledger.AccountView;
import ai.mavster.credits.ledger.Fact;
import ai.mavster.credits.ledger.Participant;
import ai.mavster.credits.ledger.posting.GrantKind;
import ai.mavster.credits.ledger.posting.Posting;
import ai.mavster.credits.sql.RoundTrip;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The events of one batch. */
final class EventsInBatch implements Participant.InBatch {

    private final ObjectMapper json;
    private final NewEvents news;
    private final Map<String, Head> heads = new HashMap<>(0);
    private final Map<String, Head> changed = new LinkedHashMap<>(0);
    private final List<Announced> events = new ArrayList<>(0);

    EventsInBatch(ObjectMapper json, NewEvents news) {
        this.json = json;
        this.news = news;
    }

    void load(Head head) {
        heads.put(head.accountId(), head);
    }

    @Override
    public void hear(Fact fact, AccountView account) {
        if (fact instanceof Announcement announcement) {
            announce(announcement, account);
        } else if (fact instanceof Fact.Posted posted) {
            posted(posted.posting(), account);
        }
    }

    private static void posted(Posting posting, AccountView account) {
        if (!posting.kind().opensGrant(posting.credits())) {
            return;
        }
        switch (posting.kind()) {
            case TOP_UP -> account.publish(TopUpPosted.of(posting));
            case MONTHLY_GRANT -> account.publish(GrantPosted.of(GrantKind.MONTHLY, posting));
            case PROMOTIONAL -> account.publish(GrantPosted.of(GrantKind.PROMOTIONAL, posting));
            case ADJUSTMENT -> account.publish(GrantPosted.of(GrantKind.ADJUSTMENT, posting));
            case REINSTATEMENT -> account.publish(GrantPosted.of(GrantKind.TOP_UP, posting));
            default -> throw new IllegalStateException("What opens a grant is announced: " + posting.kind());
        }
    }

    private void announce(Announcement announcement, AccountView account) {
        Head before = heads.get(account.accountId());
        Head after = new Head(account.accountId(), before == null ? 1 : before.sequence() + 1);
        heads.put(after.accountId(), after);
        changed.put(after.accountId(), after);
        events.add(new Announced(
                after.accountId(),
                after.sequence(),
                account.nextId(),
                announcement.type(),
                account.asOf(),
                data(announcement)));
    }

    private String data(Announcement announcement) {
        try {
            return json.writeValueAsString(announcement);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("It cannot be written down: " + announcement.getClass(), e);
        }
    }

    @Override
    public void write(RoundTrip writes) {
        EventTable.write(writes, events, changed.values());
    }

    @Override
    public void committed() {
        if (!events.isEmpty()) {
            news.happened();
        }
    }
}

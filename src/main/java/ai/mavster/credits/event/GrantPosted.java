package ai.mavster.credits.event;

import ai.mavster.credits.Credits;
import ai.mavster.credits.ledger.posting.GrantKind;
import ai.mavster.credits.ledger.posting.Posting;
import ai.mavster.credits.ledger.posting.PublicId;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Credits were given: a month's, promotional ones, by an adjustment, or back once they had been clawed back.
 *
 * @param balance the account's after it; {@code held}, {@code available} and {@code owed} likewise
 */
@Schema(
        name = "GrantPosted",
        description =
                "Credits were given: a month's, promotional ones, by an adjustment, or back once they had been clawed back.",
        examples = """
        {"grant_id": "grant_0198f2f0-5c1a-7c3e-9b1d-2a4f5e6d7c8b", "kind": "monthly", "credits": 3000, "balance": 3000,\
         "held": 0, "available": 3000, "owed": 0}""")
record GrantPosted(
        String grantId, GrantKind kind, Credits credits, Credits balance, Credits held, Credits available, Credits owed)
        implements Announcement {

    static GrantPosted of(GrantKind kind, Posting posting) {
        return new GrantPosted(
                PublicId.GRANT.of(posting.postingId()),
                kind,
                posting.credits(),
                posting.balance(),
                posting.held(),
                posting.available(),
                posting.owed());
    }

    @Override
    public EventType type() {
        return EventType.GRANT_POSTED;
    }
}

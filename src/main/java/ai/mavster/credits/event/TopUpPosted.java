package ai.mavster.credits.event;

import ai.mavster.credits.Credits;
import ai.mavster.credits.Money;
import ai.mavster.credits.ledger.posting.Posting;
import ai.mavster.credits.ledger.posting.PublicId;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Credits were bought.
 *
 * @param balance the account's after it; {@code held}, {@code available} and {@code owed} likewise
 * @param amount what was paid, as far as known
 */
@Schema(name = "TopUpPosted", description = "Credits were bought.", examples = """
        {"grant_id": "grant_0198f2f0-5c1a-7c3e-9b1d-2a4f5e6d7c8b", "credits": 6000, "balance": 8987.5, "held": 0,\
         "available": 8987.5, "owed": 0, "amount": {"value": 49.00, "currency": "EUR"}}""")
record TopUpPosted(
        String grantId,
        Credits credits,
        Credits balance,
        Credits held,
        Credits available,
        Credits owed,
        @Nullable Money amount)
        implements Announcement {

    static TopUpPosted of(Posting posting) {
        return new TopUpPosted(
                PublicId.GRANT.of(posting.postingId()),
                posting.credits(),
                posting.balance(),
                posting.held(),
                posting.available(),
                posting.owed(),
                posting.amount());
    }

    @Override
    public EventType type() {
        return EventType.TOP_UP_POSTED;
    }
}

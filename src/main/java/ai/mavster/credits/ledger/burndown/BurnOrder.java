package ai.mavster.credits.ledger.burndown;

import ai.mavster.credits.Credits;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;

/**
 * Which grants credits are taken from: the soonest to expire first, then monthly ones, then top-ups; among equals the
 * oldest.
 */
public final class BurnOrder {

    public static final Comparator<OpenGrant> COMPARATOR = Comparator.comparing(
                    OpenGrant::expiresAt, Comparator.nullsLast(Comparator.<Instant>naturalOrder()))
            .thenComparing(OpenGrant::kind)
            .thenComparing(OpenGrant::seq);

    private BurnOrder() {}

    /**
     * A change to one grant.
     *
     * @param credits signed: what is taken is negative
     */
    public record Movement(UUID grantId, Credits credits) {}

    /**
     * Takes an amount from grants.
     *
     * @param inBurnOrder together they have at least the amount
     */
    public static List<Movement> take(Iterable<OpenGrant> inBurnOrder, Credits amount) {
        List<Movement> movements = new ArrayList<>(1);
        Credits left = amount;
        Iterator<OpenGrant> grants = inBurnOrder.iterator();
        while (left.isPositive() && grants.hasNext()) {
            OpenGrant grant = grants.next();
            Credits taken = grant.remaining().min(left);
            movements.add(new Movement(grant.grantId(), taken.negated()));
            left = left.minus(taken);
        }
        if (left.isPositive()) {
            throw new IllegalStateException("The grants have fewer credits than the balance");
        }
        return movements;
    }
}

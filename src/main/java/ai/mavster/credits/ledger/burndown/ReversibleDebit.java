package ai.mavster.credits.ledger.burndown;

import ai.mavster.credits.Credits;
import ai.mavster.credits.ledger.posting.Purpose;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A debit, and how much of what it took from each grant has not been given back.
 *
 * @param purpose what it was for
 * @param shares in the order they were taken
 */
public record ReversibleDebit(UUID debitId, Purpose purpose, Instant occurredAt, List<Share> shares) {

    public record Share(UUID grantId, Credits taken, Credits givenBack) {
        public Credits left() {
            return taken.minus(givenBack);
        }
    }

    public Credits taken() {
        return shares.stream().map(Share::taken).reduce(Credits.ZERO, Credits::plus);
    }

    public Credits left() {
        return shares.stream().map(Share::left).reduce(Credits.ZERO, Credits::plus);
    }

    /** Gives back to the grant last taken from first: what lives longest comes back first. */
    public List<BurnOrder.Movement> giveBack(Credits amount) {
        List<BurnOrder.Movement> movements = new ArrayList<>(1);
        Credits rest = amount;
        for (int i = shares.size() - 1; i >= 0 && rest.isPositive(); i--) {
            Credits part = shares.get(i).left().min(rest);
            if (part.isPositive()) {
                movements.add(new BurnOrder.Movement(shares.get(i).grantId(), part));
                rest = rest.minus(part);
            }
        }
        return movements;
    }

    public ReversibleDebit after(List<BurnOrder.Movement> movements) {
        Map<UUID, Credits> givenBack = new HashMap<>();
        movements.forEach(movement -> givenBack.merge(movement.grantId(), movement.credits(), Credits::plus));
        List<Share> rest = new ArrayList<>(shares.size());
        for (Share share : shares) {
            Credits more = givenBack.getOrDefault(share.grantId, Credits.ZERO);
            rest.add(new Share(share.grantId, share.taken, share.givenBack.plus(more)));
        }
        return new ReversibleDebit(debitId, purpose, occurredAt, rest);
    }
}

package ai.mavster.credits.payment;

import ai.mavster.credits.Credits;
import java.util.Collection;
import java.util.Comparator;
import java.util.Objects;
import java.util.UUID;

/**
 * A grant that has credits of a payment: its top-up, or what was reinstated of an earlier claim. What was reinstated is
 * claimed before the rest, for it is there.
 *
 * @param number from 1, in the order in which they were made
 * @param claimed how many of its credits were claimed, be they reinstated since
 * @param reinstated how many of those were reinstated, by a later grant
 */
record ClaimedGrant(
        String accountId,
        UUID paymentId,
        int number,
        UUID grantId,
        Credits credits,
        Credits claimed,
        Credits reinstated) {

    static ClaimedGrant first(Payment credited) {
        return made(credited, 1, Objects.requireNonNull(credited.grantId()), credited.credits());
    }

    private static ClaimedGrant made(Payment of, int number, UUID grantId, Credits credits) {
        return new ClaimedGrant(of.accountId(), of.paymentId(), number, grantId, credits, Credits.ZERO, Credits.ZERO);
    }

    /** The one after these. */
    static ClaimedGrant next(Payment of, Collection<ClaimedGrant> before, UUID grantId, Credits credits) {
        return made(of, before.size() + 1, grantId, credits);
    }

    /** Of which the next claim is; there is one as long as not all is claimed. */
    static ClaimedGrant toClaim(Collection<ClaimedGrant> grants) {
        return grants.stream()
                .filter(grant -> grant.claimable().isPositive())
                .max(Comparator.comparing(ClaimedGrant::number))
                .orElseThrow();
    }

    /** Of which the next reinstatement is; there is one as long as anything is claimed. */
    static ClaimedGrant toReinstate(Collection<ClaimedGrant> grants) {
        return grants.stream()
                .filter(grant -> grant.reinstatable().isPositive())
                .max(Comparator.comparing(ClaimedGrant::number))
                .orElseThrow();
    }

    Credits claimable() {
        return credits.minus(claimed);
    }

    Credits reinstatable() {
        return claimed.minus(reinstated);
    }

    ClaimedGrant claiming(Credits more) {
        return new ClaimedGrant(accountId, paymentId, number, grantId, credits, claimed.plus(more), reinstated);
    }

    ClaimedGrant reinstating(Credits more) {
        return new ClaimedGrant(accountId, paymentId, number, grantId, credits, claimed, reinstated.plus(more));
    }
}

package ai.mavster.credits.recharge;

import ai.mavster.credits.ledger.Command;

/**
 * A command about an account's recharges.
 *
 * @param <A> what it answers
 */
interface RechargeCommand<A> extends Command.OfFeature<RechargesInBatch, A> {

    @Override
    default Class<RechargesInBatch> decidedWith() {
        return RechargesInBatch.class;
    }
}

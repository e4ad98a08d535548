package ai.mavster.credits.alert;

import ai.mavster.credits.ledger.Command;

/**
 * A command about what an account is told.
 *
 * @param <A> what it answers
 */
interface AlertCommand<A> extends Command.OfFeature<AlertsInBatch, A> {

    @Override
    default Class<AlertsInBatch> decidedWith() {
        return AlertsInBatch.class;
    }
}

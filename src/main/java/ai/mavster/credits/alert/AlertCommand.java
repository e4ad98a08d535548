package ai.mavster.credits.alert;

import ai.mavster.credits.ledger.Command;

/**
 * A command about an account's alerts.
 *
 * @param <A> what it answers
 */
interface AlertCommand<A> extends Command.OfFeature<AlertsInBatch, A> {

    @Override
    default Class<AlertsInBatch> decidedWith() {
        return AlertsInBatch.class;
    }
}

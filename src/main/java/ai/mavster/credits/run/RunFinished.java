package ai.mavster.credits.run;

import ai.mavster.credits.ledger.Fact;

/** A run has come to its end. */
record RunFinished(Run run) implements Fact {}

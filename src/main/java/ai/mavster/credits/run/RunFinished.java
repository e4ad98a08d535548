package ai.mavster.credits.run;

import ai.mavster.credits.ledger.Fact;
import ai.mavster.credits.run.record.Run;

/** A run has come to its end. */
record RunFinished(Run run) implements Fact {}

package ai.mavster.credits.run;

/**
 * A run as its caller is told.
 *
 * @param replayed the command had its effect earlier, under the same idempotency key; this is the first answer again
 */
record Told(Run run, boolean replayed) {}

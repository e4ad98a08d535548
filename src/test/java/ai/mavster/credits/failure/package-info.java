/**
 * The failure suite: callers ask two replicas for all sorts of things, while a driver breaks whatever is around them;
 * then all is mended, and a checker compares what is there with all that was ever answered.
 *
 * <ul>
 *   <li>Each thing asked for has an idempotency key of its own, and is asked for again, at either replica, until there is
 *       a definite answer. What is still open when the load ends is resolved by repeating its key.
 *   <li>Every answer, or its absence, is of one class: done, refused, transient, ambiguous, or a bug. One that nobody
 *       should ever get fails the run, whatever else holds.
 *   <li>What the checks go by is read through the API, as any caller could; only what the payment provider has taken is
 *       read from its tables. Postings are carried out again in the order of the account's entries. Holds and limits have
 *       no place in that order: they count as far as they were surely there when a posting was asked for and answered.
 *   <li>Processes are killed, not machines: PostgreSQL runs without {@code fsync} here, since what it has handed to the
 *       system survives its own death.
 *   <li>A fault mends what it broke before it returns, so one comes after the other; the load never pauses.
 * </ul>
 */
package ai.mavster.credits.failure;

/**
 * What is kept of a run, and how callers read it.
 *
 * <ul>
 *   <li>A run belongs to its account: an id alone finds nothing.
 *   <li>It is changed by commands of {@code run} only, under the account's lock; reading it takes no lock.
 *   <li>It is shown as it is at the account's time: given up, where it is
 *       ({@link ai.mavster.credits.run.record.Abandonment}).
 *   <li>What its hold had left counts as released once that has expired, whether or not the release was posted.
 *   <li>{@code spent} is what its own debits took less what was given back; {@code nested} the same of all runs below
 *       it.
 * </ul>
 */
@NullMarked
package ai.mavster.credits.run.record;

import org.jspecify.annotations.NullMarked;

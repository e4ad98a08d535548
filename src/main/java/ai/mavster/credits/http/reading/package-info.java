/**
 * Answers that take longer the more there is to read: searches, sums, proofs and streams.
 *
 * <p>What holds here:
 *
 * <ul>
 *   <li>A few are worked on at once, and no caller and no account gets more than half of the turns or of the streams:
 *       however many ask, and when clients hang up or do not read, the rest of the service has its threads and
 *       connections.
 *   <li>A stream holds neither while it waits for its client: it is read in pages, each in a transaction of its own,
 *       and the next one when the one before was taken.
 *   <li>A list that has no index for what it is asked scans so many rows for a page, which may then be empty and
 *       not the last ({@link ai.mavster.credits.http.reading.ListSearch}).
 *   <li>Everything has an end: a turn that does not come, a proof, a report, a stream, a piece that is not taken.
 *   <li>A stream that does not come to its end breaks off as a transfer: it never looks whole.
 * </ul>
 */
@NullMarked
package ai.mavster.credits.http.reading;

import org.jspecify.annotations.NullMarked;

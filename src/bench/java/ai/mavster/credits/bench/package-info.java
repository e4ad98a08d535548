/**
 * The benchmark: how fast the service is on this machine, beside what one would write instead and beside what nothing
 * could beat.
 *
 * <p>{@link ai.mavster.credits.bench.Benchmark} is a process of its own. It starts a PostgreSQL that keeps its promises
 * (it refuses to measure one that does not sync), and the packaged service as another process, and calls it over HTTP.
 * The rivals and the limits are endpoints of the same application, {@code …Resource} in this source folder: same JSON,
 * same keys, same pool.
 *
 * <p>What always holds:
 *
 * <ul>
 *   <li>Those that are compared take turns in short slices, so that a drift of the machine meets all of them.
 *   <li>Nothing is measured without a warm-up before it.
 *   <li>At a fixed rate, latency counts from when a request was due, not from when it could be sent.
 *   <li>Every debit that was confirmed is counted, and looked for in the end. One that is missing, or too many, fails
 *       the run, as does any answer that was not to be expected.
 * </ul>
 */
@NullMarked
package ai.mavster.credits.bench;

import org.jspecify.annotations.NullMarked;

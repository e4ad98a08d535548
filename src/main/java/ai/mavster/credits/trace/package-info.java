/**
 * Traces of what the service does, by OpenTelemetry, for those who want to know where the time of a request went. Off,
 * unless the environment names a collector: then nothing of it is done, and nobody is connected to.
 *
 * <ul>
 *   <li>A request is a span; the framework makes it, and goes on with the trace that its caller sends
 *       ({@code traceparent}). A job is a trace of its own, and so is a batch of the ledger, which is linked with the
 *       requests it has carried out, and they with it.
 *   <li>What is linked with something that is recorded is recorded too, however few traces are.
 *   <li>No span has a secret, or a text that somebody wrote: no query of a URL, no header, no message of an exception.
 *       Ids are there.
 * </ul>
 */
@NullMarked
package ai.mavster.credits.trace;

import org.jspecify.annotations.NullMarked;

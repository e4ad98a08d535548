/**
 * Two processes of the service, their database, the networks between them, and what breaks each of these.
 *
 * <ul>
 *   <li>Who asks the service, or checks it, knows only where the processes are; what is broken, and how, stays here.
 *   <li>A fault mends what it broke before it returns.
 *   <li>What a machine does not allow (a file system of one's own, another clock) is left out, and that is said.
 * </ul>
 */
package ai.mavster.credits.failure.cluster;

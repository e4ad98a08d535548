/**
 * A port of its own for health, metrics, the contract and its pages, where one is configured.
 *
 * <p>What holds here:
 *
 * <ul>
 *   <li>Without a port nothing of this is there, and everything is at the port of the API.
 *   <li>With one, each address is at one of the two ports and 404 at the other.
 * </ul>
 */
@NullMarked
package ai.mavster.credits.http.management;

import org.jspecify.annotations.NullMarked;

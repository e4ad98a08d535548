/**
 * The manners of the HTTP surface: problems, JSON, the idempotency header, paging, who is calling. Knows no feature.
 *
 * <p>What holds here:
 *
 * <ul>
 *   <li>Everything that fails leaves as {@code application/problem+json} (save a malformed percent-encoding, an empty 400 that the server
 *       gives before any of this runs); no class name, SQL or stack ever reaches a caller.
 *   <li>A {@link ai.mavster.credits.Refusal} becomes a problem in one place, {@link ai.mavster.credits.http.Problems}; a code without a
 *       status or a title does not compile.
 *   <li>Nothing in a body is coerced: a number is a number, a string a string, an unknown or repeated field is an error that names it.
 *   <li>An amount of credits is read from and written as the text of a JSON number, never by way of a {@code double}.
 *   <li>Another account than the key's own is answered exactly as one that does not exist.
 *   <li>Keys are looked up only where an endpoint asks for one (authentication is not proactive), so that a failing look-up passes through
 *       the same exception mappers as everything else and ends as 503, never as 401.
 * </ul>
 */
@NullMarked
package ai.mavster.credits.http;

import org.jspecify.annotations.NullMarked;

/**
 * The conventions of the HTTP surface, for all features to use: problems, idempotency keys, paging, who is calling.
 * Knows no feature.
 *
 * <p>What holds here:
 *
 * <ul>
 *   <li>A {@link ai.mavster.credits.Refusal} becomes a problem in one place,
 *       {@link ai.mavster.credits.http.Problems}. Its status, title and way out are its own, so that no feature is
 *       known here.
 *   <li>What an endpoint needs and refuses is declared at the endpoint, by
 *       {@link ai.mavster.credits.http.idempotency.IdempotencyKeyRequired} and
 *       {@link ai.mavster.credits.http.Refuses}: one filter and the contract read the same annotations. A code, its
 *       status, title and meaning stand in one place: a {@link ai.mavster.credits.Refusal.Code}, or a
 *       {@link ai.mavster.credits.http.ProblemCode}.
 *   <li>Before an endpoint is asked: authentication, the account of the path, the idempotency key, unknown query
 *       parameters; in this order.
 *   <li>Another account than the key's own is answered exactly as one that does not exist.
 *   <li>Keys are looked up only where an endpoint asks for one (authentication is not proactive).
 * </ul>
 *
 * <p>Resources call three rooms: {@code idempotency} and {@code conditional} have the headers by which a repeat, and a
 * change of what was read before, are safe; {@code reading} has answers that take long. The machinery that features do not
 * call is in the rooms beside: {@code body} reads and checks requests, {@code failure} answers what fails,
 * {@code connection} bounds connections, {@code limits} refuses before an endpoint is asked, {@code contract} completes
 * the OpenAPI document, {@code management} gives operators a port of their own.
 */
@NullMarked
package ai.mavster.credits.http;

import org.jspecify.annotations.NullMarked;

/**
 * API keys: who may call, what for, and for which account.
 *
 * <p>What holds here:
 *
 * <ul>
 *   <li>Of a key only its SHA-256 is kept; its text is shown once, in the answer that creates it. Keys are 256 random
 *       bits, so a plain hash is enough: there is nothing to guess.
 *   <li>A look-up that fails is 503, never 401: a caller whose key is good must not be sent away.
 *   <li>A look-up waits for nothing but the database: not for the threads that do the callers' work.
 *   <li>A revoked key is dead at once on the process that revoked it, and within
 *       {@link ai.mavster.credits.access.KnownKeys#GOOD_FOR} on every other. Expiry is checked at every use.
 *   <li>A key bound to an account gets nothing that is not about that account: never the scope {@code renewals}.
 *   <li>Somebody can always administer the service: of the admins' keys the last one is not revoked, unless the
 *       operator's configuration has one. Two that are revoked at once are decided one after the other.
 *   <li>Using a key writes nothing on the way: {@code last_used_at} follows within a minute.
 * </ul>
 */
@NullMarked
package ai.mavster.credits.access;

import org.jspecify.annotations.NullMarked;

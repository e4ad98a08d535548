/**
 * Who is signed in to the operator's pages.
 *
 * <p>What holds here:
 *
 * <ul>
 *   <li>A session begins with an admin's key that is bound to no account, and at each request it is as good as that key
 *       is then: revoked, expired or replaced in the configuration, it ends the session.
 *   <li>Of the cookie only a SHA-256 digest is kept, and of the key nothing that could be tried out without the cookie.
 *   <li>Keys are 256 random bits, or the configuration's: who tries some is turned away after a few, for a minute.
 * </ul>
 */
@NullMarked
package ai.mavster.credits.operator.session;

import org.jspecify.annotations.NullMarked;

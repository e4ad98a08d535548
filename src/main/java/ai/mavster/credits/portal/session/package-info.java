/**
 * Sessions of the billing page.
 *
 * <p>What holds here:
 *
 * <ul>
 *   <li>Of the link and of the cookie only SHA-256 digests are kept; both are 256 random bits, and carry the account, so
 *       that a session is found by its account's key.
 *   <li>A link is opened once: of two who open it at the same time one is signed in.
 *   <li>A session ends by itself, by signing out, by revocation, and with its account's erasure. What has ended leaves.
 *   <li>Its cookie is for no script and for no other site's forms, and over encrypted connections alone where pages are
 *       encrypted; an address that is neither encrypted nor of this machine is refused at start.
 *   <li>Pages lead back to configured origins only.
 * </ul>
 */
@NullMarked
package ai.mavster.credits.portal.session;

import org.jspecify.annotations.NullMarked;

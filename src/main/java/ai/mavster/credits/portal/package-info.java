/**
 * The billing page: what an account's owner sees and decides, in a browser. {@link ai.mavster.credits.portal.Portal} is
 * the one door to its pages.
 *
 * <p>What holds here:
 *
 * <ul>
 *   <li>A page belongs to a session, and a session to one account: no address and no form names the account whose data
 *       is shown or changed. A parameter {@code account} only says whose page a link is meant for; where the session is
 *       another account's, the link leads to the sign-in.
 *   <li>Sessions are made by the host application, with an API key ({@code POST …/portal-sessions}): the link is good
 *       for minutes, and is opened once, by a form and not by a GET, so that no preview of links opens it.
 *   <li>Pages decide nothing: they ask and change what the API's endpoints do, by the same doors, with the session as
 *       the author.
 *   <li>What the payment side has to confirm is offered only where there is one.
 * </ul>
 */
@NullMarked
package ai.mavster.credits.portal;

import org.jspecify.annotations.NullMarked;

/**
 * The demo's root page: its accounts, one click each. There is none outside a demo.
 *
 * <p>It is the demo's host application, too: who follows a link without a session comes here, and the account that the
 * link is meant for is offered first. Accounts that are none of the demo's are offered only where the admin key is the
 * well-known one, with which anybody could make that session anyway, and then to this machine alone.
 */
@NullMarked
package ai.mavster.credits.portal.demo;

import org.jspecify.annotations.NullMarked;

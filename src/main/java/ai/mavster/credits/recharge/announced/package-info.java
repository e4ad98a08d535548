/** The events of recharges: what was bought, what was not, and what the customer has to confirm. */
@NullMarked
package ai.mavster.credits.recharge.announced;

import org.jspecify.annotations.NullMarked;

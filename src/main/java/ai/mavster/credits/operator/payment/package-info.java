/** Money: what the payment provider has announced, what does not agree, and what an account has paid. */
@NullMarked
package ai.mavster.credits.operator.payment;

import org.jspecify.annotations.NullMarked;

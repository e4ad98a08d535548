/**
 * The customers that accounts are at Stripe. An account has one, which says so in its metadata: one that names another
 * account is never charged. Names and addresses are Stripe's to keep; here are ids alone.
 */
@NullMarked
package ai.mavster.credits.payment.stripe.customer;

import org.jspecify.annotations.NullMarked;

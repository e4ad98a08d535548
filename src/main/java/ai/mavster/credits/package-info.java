/**
 * Mavster Credits: a credit ledger for products that sell usage by credits.
 */
@NullMarked
package ai.mavster.credits;

import org.jspecify.annotations.NullMarked;

/**
 * Credits that are reserved: what a hold is, and its table.
 *
 * <ul>
 *   <li>{@code captured + released + remaining = amount}; once nothing remains it is closed.
 *   <li>What it took over from another hold it uses before what it reserved anew, and can give back.
 * </ul>
 *
 * <p>Only the ledger changes one; features read those that their rows name.
 */
@NullMarked
package ai.mavster.credits.ledger.hold;

import org.jspecify.annotations.NullMarked;

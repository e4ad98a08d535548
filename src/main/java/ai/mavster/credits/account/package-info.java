/**
 * Who owns credits. An account is made by its owner's first PUT and is never removed: its ledger is append-only. It has
 * its balance row from the start. What it can spend, and what stands in the way, is the decision that a debit would
 * get.
 *
 * <p>Once it is closed it can only be read. That is decided under its lock, which whatever changes it takes: the
 * ledger's commands, and the few writes beside them.
 */
@NullMarked
package ai.mavster.credits.account;

import org.jspecify.annotations.NullMarked;

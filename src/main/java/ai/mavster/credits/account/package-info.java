/**
 * Who owns credits. An account is made by its owner's first PUT and is never removed: its ledger is append-only. It has its balance row
 * from the start.
 */
@NullMarked
package ai.mavster.credits.account;

import org.jspecify.annotations.NullMarked;

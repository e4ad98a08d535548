/**
 * Mail about alerts: to the account's billing address, or to a budget's own.
 *
 * <ul>
 *   <li>What is to be mailed is written in the ledger's transaction, and leaves after its commit: nothing is mailed that has
 *       not happened, and nothing that has happened is lost. At least once: who dies between sending and writing that
 *       down has it sent again.
 *   <li>An address gets a mail at once, and then no other for a while: what comes meanwhile is collected into one.
 *       Addresses count for each account by itself.
 *   <li>A mailbox is taken by moving the time it is due, only where that is as it was read: of several processes one
 *       gets it, and gets it for so long; one that dies loses it by that. No lock is held while a server is talked to.
 *   <li>What cannot be sent is tried again, ever more seldom, for a day; then what waits in that mailbox is given up.
 *   <li>Where no server is set, nothing is written in the first place.
 *   <li>Addresses and names are of people: they are in no log, no metric and no event, and are erased with the account.
 * </ul>
 */
@NullMarked
package ai.mavster.credits.alert.mail;

import org.jspecify.annotations.NullMarked;

/**
 * What was posted, as an account's owner reads it: the list, and each posting explained.
 *
 * <ul>
 *   <li>A page of the list takes a bounded number of reads by key, however long the account is. A filter reads a part
 *       of the postings at a time, and says how far it has looked.
 *   <li>Nothing is computed here: a posting is explained by the figures that the ledger keeps with it.
 * </ul>
 */
@NullMarked
package ai.mavster.credits.portal.statement;

import org.jspecify.annotations.NullMarked;

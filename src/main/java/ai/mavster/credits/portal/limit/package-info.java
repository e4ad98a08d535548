/**
 * What an account's owner has spending limited by, hears of it, and at which address: budgets, alerts, settings.
 *
 * <p>What holds here:
 *
 * <ul>
 *   <li>A form changes what the API's endpoints change, by the same commands and within the same bounds.
 *   <li>A limit that lets nothing more pass is not set before the page has said so: the preview is the change's own.
 *   <li>What a form had is shown again where it could not be taken, beside the field that is wrong.
 * </ul>
 */
@NullMarked
package ai.mavster.credits.portal.limit;

import org.jspecify.annotations.NullMarked;

/**
 * Pages for people, rendered by the service itself. Knows no feature.
 *
 * <p>What holds here:
 *
 * <ul>
 *   <li>Pages are no part of the contract and know no API key: the feature that registers a page says who may open it.
 *   <li>No page loads anything from elsewhere, has a script or a style in its text, sends a referrer, or is kept by
 *       anyone: {@link ai.mavster.credits.http.page.PageHeaders}.
 *   <li>A GET changes nothing. A form carries a token that only its own page could have been given:
 *       {@link ai.mavster.credits.http.page.FormToken}.
 *   <li>Every text that is shown is in a bundle, one file a language, {@code messages/page_<language>.properties};
 *       {@link ai.mavster.credits.http.page.Texts} writes it, with numbers, money and dates as its language has them.
 *       What customers wrote is escaped by the templates.
 *   <li>How many are made at once is bounded, and for one reader more so: {@link ai.mavster.credits.http.page.PagePlaces}.
 *   <li>Files beside the pages ({@link ai.mavster.credits.http.page.Assets}) have their digest in the address, and are
 *       kept by browsers for good.
 * </ul>
 */
@NullMarked
package ai.mavster.credits.http.page;

import org.jspecify.annotations.NullMarked;

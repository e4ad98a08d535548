/**
 * The OpenAPI document: what holds for many endpoints is added here, so that no endpoint repeats it.
 *
 * <p>What holds here:
 *
 * <ul>
 *   <li>The file {@code openapi.yaml} at the project's root is what the service serves; a test fails when the two
 *       differ.
 *   <li>A field may be null exactly where its record says so to the compiler, and is required exactly where every
 *       answer has it.
 * </ul>
 */
@NullMarked
package ai.mavster.credits.http.contract;

import org.jspecify.annotations.NullMarked;

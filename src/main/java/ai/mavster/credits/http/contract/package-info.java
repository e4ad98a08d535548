/**
 * The OpenAPI document: what holds for many endpoints is added here, so that no endpoint repeats it.
 *
 * <p>What holds here:
 *
 * <ul>
 *   <li>The file {@code openapi.yaml} at the project's root is what the service serves; a test fails when the two
 *       differ.
 *   <li>Nothing is guessed from paths: what an endpoint needs and refuses is read off its annotations, what a field may
 *       be off its constraints, what a code means off the code. Of names that mean the same everywhere the meaning
 *       stands in {@link ai.mavster.credits.http.contract.Names}; what is constant stands in
 *       {@code META-INF/openapi.yaml} and in the settings.
 *   <li>A field may be null exactly where its record says so to the compiler, and is required where every answer has
 *       it and it is never null. A field that is not declared is refused in requests, and may come to answers.
 *   <li>Every schema has a name of its own, and everything that is sent or answered an example; tests hold both, and
 *       send each example.
 * </ul>
 */
@NullMarked
package ai.mavster.credits.http.contract;

import org.jspecify.annotations.NullMarked;

/** The API keys: made, listed and revoked. A key's text is shown once, on the page that answers its form. */
@NullMarked
package ai.mavster.credits.operator.key;

import org.jspecify.annotations.NullMarked;

/** What can be subscribed to and what actions cost, with what it was before. It is changed by the API. */
@NullMarked
package ai.mavster.credits.operator.catalog;

import org.jspecify.annotations.NullMarked;

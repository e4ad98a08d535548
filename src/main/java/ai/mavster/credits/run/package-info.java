/**
 * What a test-runner asks before and while it spends. A preflight is the debit's own decision, without its effect.
 */
@NullMarked
package ai.mavster.credits.run;

import org.jspecify.annotations.NullMarked;

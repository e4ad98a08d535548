/**
 * How the service is doing, at a glance: each figure with what it should be, and where to go if it is not.
 *
 * <p>What holds here:
 *
 * <ul>
 *   <li>Figures are those of the metrics, of this process or of the whole database, up to half a minute old; what is
 *       unknown is said to be, and never counts as good.
 *   <li>The bounds are those of the alerts that are shipped for Prometheus.
 * </ul>
 */
@NullMarked
package ai.mavster.credits.operator.health;

import org.jspecify.annotations.NullMarked;

package ai.mavster.credits.plan;

import ai.mavster.credits.EnumId;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What becomes of monthly credits that are left at a period's end. */
@Schema(name = "PlanRollover")
public enum Rollover {
    /** They stay, and the next grant fills up to the cap. */
    CAPPED,
    /** They expire with the period. */
    NONE,
    /** They stay, and the next grant is always whole. */
    UNLIMITED;

    public String id() {
        return EnumId.of(this);
    }
}

package ai.mavster.credits.usage;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Which rows of an answer come first. */
@Schema(name = "UsageSort")
enum Sort {
    /** The last bucket, and within one by what rows are grouped by. */
    NEWEST,
    /** What took the most. */
    CREDITS
}

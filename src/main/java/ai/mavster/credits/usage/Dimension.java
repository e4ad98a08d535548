package ai.mavster.credits.usage;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What usage may be grouped by. */
@Schema(name = "UsageDimension")
public enum Dimension {
    ACTION("action"),
    PROJECT("project_id"),
    WORKSPACE("workspace_id"),
    TEST("test_id"),
    /** The one that the rollups do not keep: there are nearly as many runs as debits. */
    RUN("run_id");

    /** Also the name of the parameter that asks for one, and of the field in an answer. */
    final String column;

    Dimension(String column) {
        this.column = column;
    }
}

package ai.mavster.credits.ledger.posting;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What credits were spent on, in the caller's own ids.
 *
 * @param action what was done, such as {@code tap} or {@code /mave/chat}
 * @param quantity how many of it, more than zero, at most six decimals
 */
public record Purpose(
        @Nullable String action,
        @Nullable BigDecimal quantity,
        @Nullable String workspaceId,
        @Nullable String projectId,
        @Nullable String testId,
        @Nullable String runId) {

    public static final Purpose NONE = new Purpose(null, null, null, null, null, null);

    /** The same of no certain number: what a part of a debit was for. */
    public Purpose withoutQuantity() {
        return new Purpose(action, null, workspaceId, projectId, testId, runId);
    }

    /** The same, where it does not say of which workspace, project or test, of these. */
    public Purpose orOf(@Nullable String workspace, @Nullable String project, @Nullable String test) {
        return new Purpose(
                action,
                quantity,
                workspaceId == null ? workspace : workspaceId,
                projectId == null ? project : projectId,
                testId == null ? test : testId,
                runId);
    }
}

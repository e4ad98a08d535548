package ai.mavster.credits.portal.run;

import ai.mavster.credits.Credits;
import ai.mavster.credits.ledger.hold.Hold;
import ai.mavster.credits.portal.ListFilters;
import ai.mavster.credits.run.record.Run;
import ai.mavster.credits.run.record.RunWithHold;
import io.quarkus.qute.TemplateData;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A run for the pages that list some.
 *
 * @param reason the code of what stopped it, or keeps it waiting; null: nothing
 * @param spent by it and all runs below it
 * @param held what is reserved for it now
 */
@TemplateData
public record RunLine(
        String runId,
        Run.Status status,
        @Nullable String reason,
        @Nullable String testId,
        @Nullable String projectId,
        @Nullable Credits estimated,
        Credits spent,
        Credits held,
        Instant startedAt) {

    static RunLine of(RunWithHold both) {
        Run run = both.run();
        Hold hold = both.hold();
        return new RunLine(
                run.runId(),
                run.status(),
                run.reason() == null || run.isRunning() ? null : run.reason().id(),
                run.testId(),
                run.projectId(),
                run.estimated(),
                run.spent().plus(run.nestedSpent()),
                hold == null ? Credits.ZERO : hold.remaining(),
                run.startedAt());
    }

    public String path() {
        return RunsPage.PATH + "/" + ListFilters.encoded(runId);
    }

    /** Of its status in words. */
    public String statusKey() {
        return "runs.status." + status.id();
    }

    /** Of its reason in words; null: there is none. */
    public @Nullable String reasonKey() {
        return reason == null ? null : "runs.reason." + reason;
    }

    /** How its status is coloured; the words say the same. */
    public String tone() {
        return switch (status) {
            case SUCCESS -> "good";
            case FAILED, HARD_FAILURE -> "bad";
            case QUEUED, ABANDONED -> "warn";
            case RUNNING -> "live";
            case CANCELED -> "";
        };
    }
}

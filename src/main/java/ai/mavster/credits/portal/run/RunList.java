package ai.mavster.credits.portal.run;

import ai.mavster.credits.portal.ListFilters;
import ai.mavster.credits.run.record.Run;
import io.quarkus.qute.TemplateData;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of the list of runs.
 *
 * @param older the address of the next part; null: this is the last
 * @param searchedTo how far a filter has searched, where there is more to search and no whole page was found; else null
 * @param isFirst whether it begins with the newest
 */
@TemplateData
public record RunList(
        ListFilters asked,
        List<RunLine> runs,
        @Nullable String older,
        @Nullable Instant searchedTo,
        boolean isFirst) {

    static RunList empty(ListFilters asked) {
        return new RunList(asked, List.of(), null, null, true);
    }

    /** Those that can be asked for. */
    public List<String> statuses() {
        return Arrays.stream(Run.Status.values()).map(Run.Status::id).toList();
    }

    /** Of its words. */
    public String statusKey(String status) {
        return "runs.status." + status;
    }
}

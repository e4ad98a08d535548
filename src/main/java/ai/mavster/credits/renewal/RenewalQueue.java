package ai.mavster.credits.renewal;

import ai.mavster.credits.renewal.DueRepository.Asked;
import ai.mavster.credits.renewal.DueRepository.Due;
import io.quarkus.narayana.jta.QuarkusTransaction;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is due in one run of the job, page by page. Those that could not be renewed before take at most half of a page
 * while there are others: so they are tried again, and with a limit on each call neither can keep off the others for
 * ever. Each comes once.
 */
final class RenewalQueue {

    private final DueRepository due;
    private final Asked asked;
    private @Nullable Due lastUntried;
    private @Nullable Due lastFailed;

    RenewalQueue(DueRepository due, Asked asked) {
        this.due = due;
        this.asked = asked;
    }

    /** The next ones; empty: no more. */
    List<Due> next(int most) {
        List<Due> page = new ArrayList<>(failedBefore(most / 2));
        page.addAll(untried(most - page.size()));
        page.addAll(failedBefore(most - page.size()));
        return page;
    }

    private List<Due> untried(int most) {
        List<Due> found = QuarkusTransaction.requiringNew().call(() -> due.untried(asked, lastUntried, most));
        lastUntried = found.isEmpty() ? lastUntried : found.get(found.size() - 1);
        return found;
    }

    private List<Due> failedBefore(int most) {
        if (most == 0) {
            return List.of();
        }
        List<Due> found = QuarkusTransaction.requiringNew().call(() -> due.failedBefore(asked, lastFailed, most));
        lastFailed = found.isEmpty() ? lastFailed : found.get(found.size() - 1);
        return found;
    }
}

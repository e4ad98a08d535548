package ai.mavster.credits.run.estimate;

import ai.mavster.credits.Credits;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What runs will cost. Blocks: it reads the rate card's revision and what runs have cost from the database. */
@Singleton
public class Estimates {

    private final RunHistory history;

    Estimates(RunHistory history) {
        this.history = history;
    }

    /**
     * How much to set aside for a run whose caller leaves it to us; see {@link DefaultHold}.
     *
     * @param estimate null: there is none
     * @return empty if there is neither an estimate nor a history to go by
     * @throws SQLException if the database does not answer
     */
    public Optional<Credits> defaultHold(
            String accountId, @Nullable String projectId, @Nullable String testId, @Nullable Forecast estimate)
            throws SQLException {
        return DefaultHold.of(estimate, history.pastRuns(accountId, projectId, testId));
    }
}

package ai.mavster.credits.run;

import ai.mavster.credits.Identifier;
import ai.mavster.credits.http.Caller;
import ai.mavster.credits.http.ProblemException;
import ai.mavster.credits.http.Problems;
import ai.mavster.credits.http.Query;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whose run it is that a path names. Run ids are the callers' own, so two accounts may use the same: a key that is bound to one account
 * finds its own; any other is asked to say which, should there be two.
 */
@Singleton
class RunDirectory {

    private static final int MAX_KNOWN = 50_000;

    private final RunRows rows;
    private final Problems problems;

    /** What was found of runs whose account was said. What a run is for never changes once it runs. */
    private final Cache<Runs.Key, Run> known =
            Caffeine.newBuilder().maximumSize(MAX_KNOWN).build();

    RunDirectory(RunRows rows, Problems problems) {
        this.rows = rows;
        this.problems = problems;
    }

    /** The account that a caller means: the one it names, or the one it is bound to. */
    static @Nullable String account(@Nullable String named, Caller caller) {
        if (named != null) {
            caller.requireAccount(named);
            return named;
        }
        return caller.boundAccount();
    }

    /** The run that a path names, as it is now; the {@code account_id} in its query says whose, if anything does. */
    Run find(UriInfo uri, Caller caller, String runId) {
        return find(account(Query.of(uri).matching("account_id", Identifier.PATTERN), caller), runId);
    }

    /** A run that is under way as it was found earlier, without waiting for the database; or null. */
    @Nullable
    Run remembered(@Nullable String accountId, String runId) {
        return accountId == null ? null : known.getIfPresent(new Runs.Key(accountId, runId));
    }

    /**
     * The run as it is now.
     *
     * @param accountId whose it is; null: there must be one only
     * @throws ProblemException 404 if there is none, 400 if several accounts have one of that id
     */
    Run find(@Nullable String accountId, String runId) {
        if (accountId != null) {
            Optional<Run> run = rows.find(accountId, runId);
            run.filter(Run::isRunning).ifPresent(found -> known.put(new Runs.Key(accountId, runId), found));
            return run.orElseThrow(() -> problems.exception(RunRefusals.notFound(runId)));
        }
        List<Run> found = rows.named(runId);
        if (found.size() > 1) {
            throw Problems.invalidRequest(
                    "account_id", "is needed as a query parameter: several accounts have this run");
        }
        return found.stream().findFirst().orElseThrow(() -> problems.exception(RunRefusals.notFound(runId)));
    }
}
